using ConnectorDb.Core.Engine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ConnectorDb.Server.Hosting;

/// <summary>Says at start what an administrator should know: what is served where, how to get in, and what is not safe.</summary>
internal sealed partial class Announcement(
    IServer server,
    CdbEngine engine,
    ServerOptions options,
    IHostApplicationLifetime lifetime,
    ILogger<Announcement> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        OwnerKey.Write(engine, options.OwnerKeyFile);
        lifetime.ApplicationStarted.Register(Announce);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Announce()
    {
        foreach (string address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            Serves(log, engine.Location, address);
            if (ListenAddresses.IsOpenAndPlain(BindingAddress.Parse(address)))
            {
                IsPlain(log, address);
            }
        }

        if (options.OwnerKeyFile is { } file)
        {
            KeyIsIn(log, OwnerKey.Owner.ToString(), file);
        }
        else if (!engine.HasPasswords(CancellationToken.None))
        {
            NobodyHasAPassword(log, OwnerKey.Owner.User, engine.Location);
        }
    }

    [LoggerMessage(LogLevel.Information, "Serving the store '{Store}' at {Address}.")]
    private static partial void Serves(ILogger log, string store, string address);

    [LoggerMessage(LogLevel.Warning, "{Address} can be reached from other machines without TLS: whoever listens in reads passwords and API keys. Listen on https (see Kestrel:Endpoints and Kestrel:Certificates), or on 127.0.0.1 behind a proxy that does.")]
    private static partial void IsPlain(ILogger log, string address);

    [LoggerMessage(LogLevel.Information, "Nobody in this store has a password yet. Give the owner one: Connect-Cdb -Path '{Store}'; Set-CdbUser {Owner} -Password (Read-Host -AsSecureString). Or have its API key written to a file with --owner-key-file.")]
    private static partial void NobodyHasAPassword(ILogger log, string owner, string store);

    [LoggerMessage(LogLevel.Information, "The API key of '{Owner}' lies in '{File}'. Keep it secret, or remove the file.")]
    private static partial void KeyIsIn(ILogger log, string owner, string file);
}
