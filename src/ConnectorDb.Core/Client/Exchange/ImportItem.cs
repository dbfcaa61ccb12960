namespace ConnectorDb.Core.Client.Exchange;

/// <summary>A user, device or stream in an exported folder.</summary>
/// <param name="Folder">The folder of the node.</param>
/// <param name="Name">The name of the node, which may differ from the name of the folder.</param>
public abstract record ImportItem(string Folder, string Name)
{
    public abstract CdbPathKind Kind { get; }

    /// <summary>The user of a device or the device of a stream, complete or relative to the login; null for the login itself.</summary>
    public string? Owner { get; init; }

    /// <summary>Size of the datapoints in bytes.</summary>
    public abstract long Bytes { get; }
}

/// <summary>A user with its devices.</summary>
/// <param name="Devices">The devices, including <c>user</c>, without <c>meta</c>, which the database writes itself.</param>
public sealed record ImportUser(string Folder, string Name, UserDefinition Definition, IReadOnlyList<ImportDevice> Devices) : ImportItem(Folder, Name)
{
    public override CdbPathKind Kind => CdbPathKind.User;

    public override long Bytes => Devices.Sum(device => device.Bytes);
}

/// <summary>A device with its streams.</summary>
public sealed record ImportDevice(string Folder, string Name, DeviceDefinition Definition, IReadOnlyList<ImportStream> Streams) : ImportItem(Folder, Name)
{
    public override CdbPathKind Kind => CdbPathKind.Device;

    public override long Bytes => Streams.Sum(stream => stream.Bytes);
}

/// <summary>A stream. Its datapoints are read during the import.</summary>
/// <param name="Data">The file of the datapoints.</param>
/// <param name="Downlink">The file of the downlink; null when there is none.</param>
/// <param name="Size">Size of both files in bytes.</param>
public sealed record ImportStream(string Folder, string Name, StreamDefinition Definition, string Data, string? Downlink, long Size) : ImportItem(Folder, Name)
{
    public override CdbPathKind Kind => CdbPathKind.Stream;

    public override long Bytes => Size;
}
