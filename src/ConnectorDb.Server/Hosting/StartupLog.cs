using ConnectorDb.Core.Engine;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ConnectorDb.Server.Hosting;

/// <summary>Logs at start the store and its addresses, how to log in for the first time, and unencrypted addresses.</summary>
internal sealed class StartupLog(
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
            log.NewStore(engine.Location);
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
            log.Serving(engine.Location, address);
            if (ListenAddresses.IsOpenAndPlain(BindingAddress.Parse(address)))
            {
                log.NotEncrypted(address);
            }
        }

        if (options.OwnerKeyFile is { } file)
        {
            log.KeyWritten(OwnerKey.Owner.ToString(), file);
        }
        else if (!engine.HasPasswords(CancellationToken.None))
        {
            log.NoPasswords(OwnerKey.Owner.User, engine.Location);
        }

        // The program that started the server gets the link itself (InputLifetime).
        if (options is { LoginLink: true, UntilInputEnds: false })
        {
            log.LoginLink(links.Make(addresses));
        }
    }
}
