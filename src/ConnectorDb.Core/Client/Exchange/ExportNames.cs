namespace ConnectorDb.Core.Client.Exchange;

/// <summary>What the files of an export are called.</summary>
internal static class ExportNames
{
    public const string Info = "connectordb.json";
    public const string User = "user.json";
    public const string Device = "device.json";
    public const string Stream = "stream.json";
    public const string Data = "data.json";
    public const string Downlink = "downlink.json";

    /// <summary>In the name of a folder that is still being written; no user, device or stream can be called so.</summary>
    public const string Unfinished = ".unfinished-";
}
