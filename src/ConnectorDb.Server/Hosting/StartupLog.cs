using ConnectorDb.Core.Engine;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ConnectorDb.Server.Hosting;

/// <summary>Logs at start the store and its addresses, how to log in for the first time, and unencrypted addresses.</summary>
internal sealed partial class StartupLog(
    IServer server,
    CdbEngine engine,
    ServerOptions options,
    LoginLinks links,
    IHostApplicationLifetime lifetime,
    ILogger<StartupLog> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (engine.IsNew)
        {
            NewStore(log, engine.Location);
        }

        OwnerKey.Write(engine, options.OwnerKeyFile);
        if (options.LoginLink)
        {
            links.CheckOwner();
        }

        lifetime.ApplicationStarted.Register(Announce);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Announce()
    {
        ICollection<string> addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        foreach (string address in addresses)
        {
            Serving(log, engine.Location, address);
            if (ListenAddresses.IsOpenAndPlain(BindingAddress.Parse(address)))
            {
                NotEncrypted(log, address);
            }
        }

        if (options.OwnerKeyFile is { } file)
        {
            KeyWritten(log, OwnerKey.Owner.ToString(), file);
        }
        else if (!engine.HasPasswords(CancellationToken.None))
        {
            NoPasswords(log, OwnerKey.Owner.User, engine.Location);
        }

        // The program that started the server gets the link itself (InputLifetime).
        if (options is { LoginLink: true, UntilInputEnds: false })
        {
            LoginLink(log, links.Make(addresses));
        }
    }

    [LoggerMessage(LogLevel.Information, "There was no store '{Store}', or its file was empty, so a new one was made.")]
    private static partial void NewStore(ILogger log, string store);

    [LoggerMessage(LogLevel.Information, "Serving the store '{Store}' at {Address}.")]
    private static partial void Serving(ILogger log, string store, string address);

    [LoggerMessage(LogLevel.Warning, "Other machines can reach {Address} without TLS, and anyone on the network can read passwords and API keys. Listen on https (see Kestrel:Endpoints and Kestrel:Certificates), or on 127.0.0.1 behind a proxy with TLS.")]
    private static partial void NotEncrypted(ILogger log, string address);

    [LoggerMessage(LogLevel.Information, "No user of this store has a password yet. Set one for the owner: Connect-Cdb -Path '{Store}'; Set-CdbUser {Owner} -Password (Read-Host -AsSecureString). Or use --owner-key-file to get the owner's API key in a file, or --login-link for a link to the page.")]
    private static partial void NoPasswords(ILogger log, string owner, string store);

    [LoggerMessage(LogLevel.Information, "To log in as the owner, open {Link} in a browser on this machine within five minutes. It works once.")]
    private static partial void LoginLink(ILogger log, string link);

    [LoggerMessage(LogLevel.Information, "The API key of '{Owner}' is in the file '{File}'. Keep the file secret, or delete it.")]
    private static partial void KeyWritten(ILogger log, string owner, string file);
}
