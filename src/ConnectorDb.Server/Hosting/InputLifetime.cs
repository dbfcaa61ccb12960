using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ConnectorDb.Server.Hosting;

/// <summary>
/// The life of a server that another program has started: it says on standard output when it serves and where, as
/// <c>ready http://127.0.0.1:3124</c>, and ends when its standard input does, which is also when that program is killed.
/// A Ctrl+C at the terminal that both share is meant for the other program.
/// </summary>
internal sealed class InputLifetime(IServer server, IHostApplicationLifetime application) : IHostLifetime, IDisposable
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
        => Console.Out.WriteLine($"ready {string.Join(';', server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])}");

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
