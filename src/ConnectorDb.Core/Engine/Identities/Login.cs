namespace ConnectorDb.Core.Engine.Identities;

/// <summary>A device that has proved, or was trusted, to be itself. Its rights are looked up anew at each call.</summary>
/// <param name="DeviceId">Its number, so that another device of the same path is not taken for it.</param>
public sealed record Login(CdbPath Device, long DeviceId)
{
    /// <summary>
    /// The SHA-256 of an API key that was right when it was last looked up: then each call asks whether it still is. Null when
    /// that was looked up for this login.
    /// </summary>
    public byte[]? Key { get; init; }

    /// <summary>One who has not logged in, and may do nothing.</summary>
    public static Login Nobody { get; } = new(CdbPath.ForUser("nobody"), -1);
}
