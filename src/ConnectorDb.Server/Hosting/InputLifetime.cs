using System.Runtime.InteropServices;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ConnectorDb.Server.Hosting;

/// <summary>The lifetime of a server that another program starts.</summary>
/// <remarks>
/// The server writes <c>ready http://127.0.0.1:3124</c> to standard output when it serves, after a line <c>login</c> with a login link if one is wanted, and stops when its standard input ends, which also
/// happens when that program is killed. Ctrl+C is ignored: on a shared terminal it is meant for the other program.
/// </remarks>
internal sealed class InputLifetime(IServer server, ServerOptions options, LoginLinks links, IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop));
        application.ApplicationStarted.Register(Announce);
        _ = Task.Factory.StartNew(AwaitEnd, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        application.StopApplication();
    }

    private void Announce()
    {
        ICollection<string> addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (options.LoginLink)
        {
            Console.Out.WriteLine($"login {links.Make(addresses)}");
        }

        Console.Out.WriteLine($"ready {string.Join(';', addresses)}");
    }

    private void AwaitEnd()
    {
        using Stream input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[256];
        while (input.Read(ignored) > 0)
        {
        }

        application.StopApplication();
    }
}
