using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
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
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? Path { get; set; }

    [Parameter]
    [NonEmpty]
    public string[] Url { get; set; } = [ServerSettings.DefaultUrl];

    [Parameter]
    [NonNull]
    [ArgumentCompleter(typeof(SettingCompleter))]
    public IDictionary? Setting { get; set; }

    [Parameter]
    [DurationArgument(IsTimeout = true)]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Shows a link that logs a browser of this machine in as the owner, once and within five minutes.</summary>
    [Parameter]
    public SwitchParameter Show { get; set; }

    protected override void End()
    {
        string store = Demand(Store, Path);
        string url = string.Join(';', Url);
        string[] settings = Demand(() => ServerSettings.Of(Setting, FilePath).ToArray(), Setting);
        Engine.CheckStore(store);
        if (!ShouldProcess(store, $"Serve at {url}", () => ListenTrial.Run(Url)))
        {
            return;
        }

        string? folder = Engine.FolderToCreate(store);
        bool isEmpty = Engine.IsEmpty(store);
        bool isNew = isEmpty || !File.Exists(store);
        CdbServer server = Demand(() => ServerProcess.StartAsync(store, ["--url", url, .. settings, .. Show ? ServerSettings.LoginLink : []], Timeout, Cancellation).GetAwaiter().GetResult(), Path);
        RunspaceSession.Current.Add(server);
        WriteVerbose($"Started process {server.ProcessId}, which serves '{store}' at {server.Url}.");
        foreach (string address in server.UnencryptedAddresses)
        {
            WriteWarning($"Other machines can reach {address} without TLS, and anyone on the network can read passwords and API keys. Give the server a certificate, or let it listen on 127.0.0.1.");
        }

        if (isNew)
        {
            ReportMade(Engine.Made(store, folder, isEmpty), isEmpty || folder is not null, "If you meant another store, check the path.");
        }

        if (server.GetLoginLink() is { } link)
        {
            Inform($"Open {link} in a browser on this machine within five minutes. The link logs in as the owner of the store, once.");
        }

        WriteObject(server);
    }

    /// <summary>The store given, else that of the default connection, else that of the account.</summary>
    private string Store()
        => Engine.Locate((Path ?? Setting?["Store"]?.ToString()) is { } path ? StorePath(path) : Engine.StoreOf(RunspaceSession.Current.Default));
}
