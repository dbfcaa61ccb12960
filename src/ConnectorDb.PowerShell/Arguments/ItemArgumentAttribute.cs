using System.Collections;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Lets a parameter that names items of any kind take the items themselves.</summary>
public sealed class ItemArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        => inputData is IList many ? many.Cast<object?>().Select(Text).ToArray() : Text(inputData) ?? inputData;

    private static object? Text(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        CdbPath path => path.ToString(),
        CdbUser user => user.Path.ToString(),
        CdbDevice device => device.Path.ToString(),
        CdbStream stream => stream.Path.ToString(),
        _ => value,
    };
}
