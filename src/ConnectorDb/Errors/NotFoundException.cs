namespace ConnectorDb;

/// <summary>A user, device, stream or other object does not exist or is not visible to the caller.</summary>
public sealed class NotFoundException(string message, object? target) : CdbException(message, target)
{
    /// <summary>The error for a user, device or stream.</summary>
    public static NotFoundException Of(CdbPath path)
    {
        ArgumentNullException.ThrowIfNull(path);

        // A path of two parts that begins with the user is read as the stream of a device with the name of the user.
        string reading = path.Kind == CdbPathKind.Stream && path.Device == path.User ? " A path of two parts is device/stream; after the name of a user, give all three: user/device/stream." : "";
        string list = path.Kind == CdbPathKind.Stream ? "Get-CdbStream -Recurse" : $"Get-Cdb{path.Kind}";
        return new($"There is no {path.Kind.ToString().ToLowerInvariant()} '{path}', or this login may not see it.{reading} {list} lists the visible ones; New-Cdb{path.Kind} creates one.", path);
    }
}
