using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Refuses null, such as that of a variable without a value, which PowerShell takes for 0 where a number is wanted.</summary>
public sealed class GivenArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        => PowerShellObject.Unwrap(inputData) is null
            ? throw new ArgumentTransformationMetadataException("It is empty. Give a value; if a variable stands there, check that it has one.")
            : inputData;
}
