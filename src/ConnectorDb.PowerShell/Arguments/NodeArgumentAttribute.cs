using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts users, devices and streams to their paths.</summary>
public sealed class NodeArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        => inputData is IList many ? many.Cast<object?>().Select(Text).ToArray() : Text(inputData) ?? inputData;

    private static object? Text(object? value) => PowerShellObject.Unwrap(value) switch
    {
        CdbPath path => path.ToString(),
        CdbUser user => user.Path,
        CdbDevice device => device.Path,
        CdbStream stream => stream.Path,
        _ => value,
    };
}
