using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Serving;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Serving;

/// <summary>Starts a server for a store as a process that ends with this session, and waits until it is ready.</summary>
[Cmdlet(VerbsLifecycle.Start, "CdbServer", SupportsShouldProcess = true)]
[OutputType(typeof(CdbServer))]
public sealed class StartCdbServerCommand : CdbCmdlet
{
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Url { get; set; } = [ServerArguments.DefaultUrl];

    [Parameter]
    [ValidateNotNull]
    public IDictionary? Setting { get; set; }

    [Parameter]
    [DurationArgument(IsTimeout = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    protected override void End()
    {
        string store = Demand(Store, Path);
        string url = string.Join(';', Url);
        if (!ShouldProcess(store, $"Serve at {url}"))
        {
            return;
        }

        string[] settings = Demand(() => ServerArguments.Of(Setting).ToArray(), Setting);
        CdbServer server = Demand(() => ServerProcess.StartAsync(store, ["--url", url, .. settings], Timeout, Cancellation).GetAwaiter().GetResult(), Path);
        RunspaceSession.Current.Add(server);
        foreach (string address in server.UnencryptedAddresses)
        {
            WriteWarning($"Other machines can reach {address} without TLS, and anyone on the network can read passwords and API keys. Give the server a certificate, or let it listen on 127.0.0.1.");
        }

        WriteObject(server);
    }

    /// <summary>The store given, else that of the default connection, else that of the account.</summary>
    private string Store()
        => Engine.Locate((Path ?? Setting?["Store"]?.ToString()) is { } path ? FilePath(path) : Engine.StoreOf(RunspaceSession.Current.Default));
}
