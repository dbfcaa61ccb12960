using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Sends the waiting entries of a logger and returns the result.</summary>
[Cmdlet(VerbsData.Sync, "CdbLogger", DefaultParameterSetName = LoggerSet)]
[OutputType(typeof(SyncResult))]
public sealed class SyncCdbLoggerCommand : CdbCmdlet
{
    private const string LoggerSet = "Logger";
    private const string PathSet = "Path";

    [Parameter(ParameterSetName = LoggerSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public CdbLogger? Logger { get; set; }

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter]
    [DurationArgument(IsTimeout = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    [Parameter]
    public SwitchParameter Resend { get; set; }

    [Parameter]
    public SwitchParameter Restamp { get; set; }

    [Parameter]
    public SwitchParameter ThrowOnFailure { get; set; }

    protected override void Process()
    {
        if (Path is null)
        {
            Sync((Logger ?? RunspaceSession.Current.DefaultLogger
                ?? throw new StoreException(StoreFault.Closed, "No logger is open. Specify the path of its file, or open it with Start-CdbLogger.", null)).Logger);
            return;
        }

        string path = FilePath(Path);
        if (!File.Exists(path))
        {
            throw new NotFoundException($"There is no logger '{path}'. Create one with New-CdbLogger.", Path);
        }

        using CdbLogger logger = LoggerEngine.Open(path, WriteWarning);
        Sync(logger.Logger);
    }

    private void Sync(IDataLogger logger)
    {
        if (Resend || Restamp)
        {
            logger.Resend(logger.ListDeadLetters(), Restamp);
        }

        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        end.CancelAfter(Timeout);
        SyncResult result = logger.SyncAsync(Timeout, end.Token).GetAwaiter().GetResult();
        foreach (DestinationResult each in result.Destinations.Where(each => each.SetAside > 0))
        {
            WriteWarning($"{each.Destination} rejected {each.SetAside} entries, which were set aside. Get-CdbLogger -SetAside lists them with the reasons.");
        }

        WriteObject(result);
        SessionState.PSVariable.Set("global:LASTEXITCODE", result.ExitCode);
        if ((Given(nameof(ThrowOnFailure)) ? ThrowOnFailure.ToBool() : logger.Settings.ThrowOnFailure) && !result.Succeeded)
        {
            string why = result.IsBusy ? "another process is sending" : string.Join(" ", result.Destinations.Select(each => each.Error).OfType<string>());
            ThrowTerminatingError(ErrorRecords.Of(new SinkException($"Not everything was sent: {why}", logger.Path)));
        }
    }
}
