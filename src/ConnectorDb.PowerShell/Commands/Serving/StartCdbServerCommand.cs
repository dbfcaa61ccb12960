using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Serving;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Serving;

/// <summary>Starts a server over a store, as a process that ends with this session, and waits until it answers.</summary>
[Cmdlet(VerbsLifecycle.Start, "CdbServer", SupportsShouldProcess = true)]
[OutputType(typeof(CdbServer))]
public sealed class StartCdbServerCommand : CdbCmdlet
{
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Url { get; set; } = ["http://127.0.0.1:3124"];

    [Parameter]
    [ValidateNotNull]
    public IDictionary? Setting { get; set; }

    [Parameter]
    [DurationArgument(IsWait = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    protected override void End()
    {
        string? store = Path is null ? null : FilePath(Path);
        string url = string.Join(';', Url);
        if (!ShouldProcess(store ?? "the user's own store", $"Serve at {url}"))
        {
            return;
        }

        CdbServer server = Demand(() => ServerProcess.StartAsync(store, ["--url", url, .. Settings()], Timeout, Cancellation).GetAwaiter().GetResult(), Path);
        Session.Current.Add(server);
        foreach (string address in server.OpenAndPlain)
        {
            WriteWarning($"Other machines can reach {address} without TLS, and anyone on the network can read passwords and API keys. Give the server a certificate, or let it listen on 127.0.0.1.");
        }

        WriteObject(server);
    }

    private IEnumerable<string> Settings() => from DictionaryEntry setting in Setting ?? new Hashtable()
                                              select $"--{setting.Key}={LanguagePrimitives.ConvertTo<string>(setting.Value)}";
}
