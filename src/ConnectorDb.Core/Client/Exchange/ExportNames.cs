namespace ConnectorDb.Core.Client.Exchange;

/// <summary>The names of the files of an export.</summary>
internal static class ExportNames
{
    public const string Info = "connectordb.json";
    public const string User = "user.json";
    public const string Device = "device.json";
    public const string Stream = "stream.json";
    public const string Data = "data.json";
    public const string Downlink = "downlink.json";

    /// <summary>Part of the name of an unfinished folder; no user, device or stream can have such a name.</summary>
    public const string Unfinished = ".unfinished-";
}
