namespace ConnectorDb.Core.Engine.Identities;

/// <summary>An authenticated device. Its rights are read again in each call.</summary>
/// <param name="DeviceId">The id of the device, which tells it from a later device of the same path.</param>
public sealed record Login(CdbPath Device, long DeviceId)
{
    /// <summary>The proof of the login; null for access to the file, which needs none.</summary>
    public LoginCredential? Credential { get; init; }

    /// <summary>The anonymous login, without any rights.</summary>
    public static Login Nobody { get; } = new(CdbPath.ForUser("nobody"), -1);

    /// <summary>The anonymous login of a server with public reading, with the right to read public nodes.</summary>
    public static Login PublicReader { get; } = new(CdbPath.ForUser("nobody"), -2);

    /// <summary>True for a login without credential at a server.</summary>
    public bool IsAnonymous => DeviceId < 0;

    /// <summary>True when the text names the device or its user: <c>pi</c>, <c>me/pi</c> or <c>me</c>.</summary>
    public bool IsOf(string name)
        => string.Equals(name, Device.User, StringComparison.OrdinalIgnoreCase)
           || string.Equals(name, Device.Device, StringComparison.OrdinalIgnoreCase)
           || string.Equals(name, Device.ToString(), StringComparison.OrdinalIgnoreCase);
}
