using System.Collections;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>
/// Lets a parameter that names users, devices or streams take their objects too. What it does not know it leaves alone, so
/// that PowerShell goes on to bind by property name.
/// </summary>
public sealed class PathArgumentAttribute(CdbPathKind kind) : ArgumentTransformationAttribute
{
    public CdbPathKind Kind { get; } = kind;

    /// <summary>An owner stands for all that lies below it.</summary>
    public bool TakesOwners { get; set; }

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (given is IList many)
        {
            return many.Cast<object?>().Select(one => Text(one) ?? one).ToArray();
        }

        return Text(given) ?? inputData;
    }

    private string? Text(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
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
                $"'{path}' is a {path.Kind.ToString().ToLowerInvariant()}, where a {Kind.ToString().ToLowerInvariant()} is meant.");
    }
}
