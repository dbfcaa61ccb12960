using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts a hashtable of names and values, such as other cmdlets take, to its names, and a cell of a table to those in it.</summary>
public sealed class NamesArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        => PowerShellObject.Unwrap(inputData) switch
        {
            IDictionary named => named.Keys.Cast<object>().Select(key => $"{key}").ToArray(),
            string cell when TableRow.IsBinding => NameList.Read(cell),
            _ => inputData,
        };
}
