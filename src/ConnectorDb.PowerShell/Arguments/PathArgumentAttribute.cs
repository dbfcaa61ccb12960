using System.Collections;
using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>
/// Converts users, devices and streams, and those that a logger records, to their paths, and takes the path from a row of a table. Other objects are not converted, so that
/// PowerShell can bind them by property name.
/// </summary>
public sealed class PathArgumentAttribute(CdbPathKind kind) : ArgumentTransformationAttribute
{
    public CdbPathKind Kind { get; } = kind;

    /// <summary>True when the path of an owner stands for everything below it.</summary>
    public bool TakesOwners { get; set; }

    /// <summary>True when a device or stream stands for its owner.</summary>
    public bool TakesOwned { get; set; }

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = PowerShellObject.Unwrap(inputData);
        if (given is IList many)
        {
            return many.Cast<object?>().Select(one => Text(one) ?? one).ToArray();
        }

        return Text(given) ?? (TableRow.Of(inputData, Word(Kind)) is { } row ? TableRow.NameIn(row, Word(Kind), $"{Kind}", "Path", "FullName", "Name") : inputData);
    }

    private string? Text(object? value) => PowerShellObject.Unwrap(value) switch
    {
        string text => text,
        CdbPath path => Text(path),
        CdbUser user => GivenNodes.Add(Text(user.GetPath()), user),
        CdbDevice device => GivenNodes.Add(Text(device.GetPath()), device),
        CdbStream stream => GivenNodes.Add(Text(stream.GetPath()), stream),
        LogChannel channel => channel.NameOf(ChannelKind.Stream),
        bool flag => throw new ArgumentTransformationMetadataException($"'{flag}' is not the path of a {Word(Kind)}. The value of a switch follows a colon, as in -Public:${flag.ToString().ToLowerInvariant()} or -Enabled:${flag.ToString().ToLowerInvariant()}."),
        _ => null,
    };

    private string Text(CdbPath path)
    {
        int missing = Kind - path.Kind;
        return missing switch
        {
            0 => path.ToString(),
            > 0 when TakesOwners => path + string.Concat(Enumerable.Repeat("/*", missing)),
            < 0 when TakesOwned => Text(path.Parent!),
            _ => throw new ArgumentTransformationMetadataException($"'{path}' is a {Word(path.Kind)}, but the parameter needs a {Word(Kind)}."),
        };
    }

    private static string Word(CdbPathKind kind) => kind.ToString().ToLowerInvariant();
}
