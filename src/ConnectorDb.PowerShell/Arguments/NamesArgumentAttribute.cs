using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Reads the names in a cell of a table, and refuses a hashtable, whose values would be lost.</summary>
public sealed class NamesArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        => PowerShellObject.Unwrap(inputData) switch
        {
            IDictionary named => throw new ArgumentTransformationMetadataException($"A declaration has only names, and no types or values. Give the names: {string.Join(", ", named.Keys.Cast<object>().Select(key => $"'{$"{key}".Replace("'", "''", StringComparison.Ordinal)}'").Order(StringComparer.Ordinal))}."),
            string cell when TableRow.IsBinding => NameList.Read(cell),
            _ => inputData,
        };
}
