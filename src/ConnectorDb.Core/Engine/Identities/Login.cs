namespace ConnectorDb.Core.Engine.Identities;

/// <summary>An authenticated device. Its rights are read again in each call.</summary>
/// <param name="DeviceId">The id of the device, which tells it from a later device of the same path.</param>
public sealed record Login(CdbPath Device, long DeviceId)
{
    /// <summary>Hash of an API key from an earlier lookup, compared in each call; null when the key was looked up for this login.</summary>
    public byte[]? Key { get; init; }

    /// <summary>The anonymous login, without any rights.</summary>
    public static Login Nobody { get; } = new(CdbPath.ForUser("nobody"), -1);
}
