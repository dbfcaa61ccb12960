using System.Diagnostics;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>A server that this session has started, as a process that ends with it.</summary>
public sealed class CdbServer : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(40);
    private readonly Process _process;
    private readonly ServerLog _log;
    private bool _isStopped;

    internal CdbServer(Process process, ServerLog log, string url, string? store)
    {
        _process = process;
        _log = log;
        ProcessId = process.Id;
        Started = process.StartTime;
        Url = url;
        Store = store;
    }

    /// <summary>Where it listens; several addresses are separated by semicolons.</summary>
    public string Url { get; }

    /// <summary>The file it serves; null for the user's own store.</summary>
    public string? Store { get; }

    public int ProcessId { get; }

    public DateTimeOffset Started { get; }

    public CdbServerStatus Status => _isStopped ? CdbServerStatus.Stopped
        : _process.HasExited ? CdbServerStatus.Failed
        : CdbServerStatus.Running;

    /// <summary>Of its addresses those at which others than this machine reach it, and read along.</summary>
    internal IEnumerable<string> OpenAndPlain
        => Url.Split(';').Where(address => new Uri(address) is { IsLoopback: false, Host: not "unix" } uri && uri.Scheme == Uri.UriSchemeHttp);

    /// <summary>The last lines of its log.</summary>
    public IReadOnlyList<string> Log => _log.Lines;

    /// <summary>Lets it finish the requests it is at and waits until it is over; one that does not end is killed, which loses nothing that it has acknowledged.</summary>
    public void Dispose()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        _process.StandardInput.Dispose();
        if (!_process.WaitForExit(s_patience))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    public override string ToString() => Url;
}
