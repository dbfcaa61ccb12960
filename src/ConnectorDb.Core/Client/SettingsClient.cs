using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Client;

/// <summary>Opens the store or server in the settings of a destination.</summary>
public static class SettingsClient
{
    private static readonly CdbPath s_owner = CdbPath.ForDevice("me", "user");

    /// <inheritdoc cref="Open(ConnectorDbSettings, CancellationToken)"/>
    public static ICdbClient Open(ConnectorDbSettings settings) => Open(settings, CancellationToken.None);

    /// <exception cref="CdbException">The database cannot be opened, or the login is wrong.</exception>
    public static ICdbClient Open(ConnectorDbSettings settings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Url is { } url ? OpenRemote(url, settings, cancellation) : EmbeddedClient.Open(new EmbeddedOptions
        {
            Path = settings.Path,
            As = settings.As is { } device ? CdbPath.Resolve(device, CdbPathKind.Device, s_owner) : null,
            ApiKey = settings.ApiKey?.Reveal(),
            UserName = settings.UserName,
            Password = settings.Password?.Reveal(),
            KeyFolder = settings.KeyFolder,
            MustExist = settings.MustExist,
        });
    }

    private static ICdbClient OpenRemote(string url, ConnectorDbSettings settings, CancellationToken cancellation)
        => Uri.TryCreate(url, UriKind.Absolute, out Uri? address)
            ? RemoteClient.OpenAsync(
                new RemoteOptions { Url = address, ApiKey = settings.ApiKey?.Reveal(), UserName = settings.UserName, Password = settings.Password?.Reveal() },
                cancellation).GetAwaiter().GetResult()
            : throw new InvalidValueException($"'{url}' is not the address of a server. Give one such as 'https://example.org'.", url);
}
