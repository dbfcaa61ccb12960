namespace ConnectorDb;

/// <summary>A user, device, stream or other object does not exist or is not visible to the caller.</summary>
public sealed class NotFoundException(string message, object? target) : CdbException(message, target)
{
    /// <summary>The error for a user, device or stream.</summary>
    public static NotFoundException Of(CdbPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string list = path.Kind == CdbPathKind.Stream ? "Get-CdbStream -Recurse" : $"Get-Cdb{path.Kind}";
        return new($"There is no {path.Kind.ToString().ToLowerInvariant()} '{path}', or this login may not see it. {list} lists the visible ones; New-Cdb{path.Kind} creates one.", path);
    }
}
