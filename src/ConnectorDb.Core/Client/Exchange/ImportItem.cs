namespace ConnectorDb.Core.Client.Exchange;

/// <summary>A user, device or stream that lies in a folder.</summary>
/// <param name="Folder">The folder that holds it.</param>
/// <param name="Name">Its name, whatever the folder is called.</param>
public abstract record ImportItem(string Folder, string Name)
{
    public abstract CdbPathKind Kind { get; }

    /// <summary>How many bytes of datapoints there are.</summary>
    public abstract long Bytes { get; }
}

/// <summary>A user, with all that it owns.</summary>
/// <param name="Devices">Its devices, <c>user</c> among them; not <c>meta</c>, which the database writes by itself.</param>
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

/// <summary>A stream, whose datapoints stay in their files until they are imported.</summary>
/// <param name="Data">The file of its datapoints.</param>
/// <param name="Downlink">The file of its downlink; null when it has none.</param>
/// <param name="Size">Bytes of both.</param>
public sealed record ImportStream(string Folder, string Name, StreamDefinition Definition, string Data, string? Downlink, long Size) : ImportItem(Folder, Name)
{
    public override CdbPathKind Kind => CdbPathKind.Stream;

    public override long Bytes => Size;
}
