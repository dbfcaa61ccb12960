using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>
/// Converts users, devices and streams to their paths. Other objects are not converted, so that PowerShell can bind them by
/// property name.
/// </summary>
public sealed class PathArgumentAttribute(CdbPathKind kind) : ArgumentTransformationAttribute
{
    public CdbPathKind Kind { get; } = kind;

    /// <summary>True when the path of an owner stands for everything below it.</summary>
    public bool TakesOwners { get; set; }

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = PowerShellObject.Unwrap(inputData);
        if (given is IList many)
        {
            return many.Cast<object?>().Select(one => Text(one) ?? one).ToArray();
        }

        return Text(given) ?? inputData;
    }

    private string? Text(object? value) => PowerShellObject.Unwrap(value) switch
    {
        string text => text,
        CdbPath path => Text(path),
        CdbUser user => Text(user.Path),
        CdbDevice device => Text(device.Path),
        CdbStream stream => Text(stream.Path),
        _ => null,
    };

    private string Text(CdbPath path)
    {
        int missing = Kind - path.Kind;
        if (missing == 0)
        {
            return path.ToString();
        }

        return missing > 0 && TakesOwners
            ? path + string.Concat(Enumerable.Repeat("/*", missing))
            : throw new ArgumentTransformationMetadataException(
                $"'{path}' is a {path.Kind.ToString().ToLowerInvariant()}, but the parameter needs a {Kind.ToString().ToLowerInvariant()}.");
    }
}
