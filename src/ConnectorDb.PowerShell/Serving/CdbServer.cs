using System.Diagnostics;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>A server process that this session started and that ends with the session.</summary>
public sealed class CdbServer : IDisposable
{
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(40);
    private readonly Process _process;
    private readonly ServerLog _log;
    private bool _isStopped;

    internal CdbServer(Process process, ServerLog log, string url, string store)
    {
        _process = process;
        _log = log;
        ProcessId = process.Id;
        Started = process.StartTime;
        Url = url;
        Store = store;
    }

    /// <summary>Addresses of the server, separated by semicolons.</summary>
    public string Url { get; }

    /// <summary>Path of the store.</summary>
    public string Store { get; }

    public int ProcessId { get; }

    public DateTimeOffset Started { get; }

    public CdbServerStatus Status => _isStopped ? CdbServerStatus.Stopped
        : _process.HasExited ? CdbServerStatus.Failed
        : CdbServerStatus.Running;

    internal string? LoginLink { private get; init; }

    /// <summary>Addresses that other machines can reach without TLS.</summary>
    internal IEnumerable<string> UnencryptedAddresses
        => Url.Split(';').Where(address => new Uri(address) is { IsLoopback: false, Host: not "unix" } uri && uri.Scheme == Uri.UriSchemeHttp);

    /// <summary>Last lines of the log.</summary>
    public string[] Log => _log.Lines;

    /// <summary>The link that -Show asked for; null without it. A method, because views, exports and logs of an object have its properties.</summary>
    public string? GetLoginLink() => LoginLink;

    /// <summary>Stops the server after its current requests; kills it after a timeout, which loses no acknowledged data.</summary>
    public void Dispose()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        _process.StandardInput.Dispose();
        if (!_process.WaitForExit(s_stopTimeout))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    public override string ToString() => Url;
}
