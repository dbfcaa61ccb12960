using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Scripts;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Sends the waiting entries of a logger and returns the result.</summary>
[Cmdlet(VerbsData.Sync, "CdbLogger", DefaultParameterSetName = LoggerSet)]
[OutputType(typeof(SyncResult))]
public sealed class SyncCdbLoggerCommand : CdbCmdlet
{
    private const string LoggerSet = "Logger";
    private const string PathSet = "Path";
    private const string ExitCodeVariable = "global:LASTEXITCODE";
    private int _exitCode;

    [Parameter(ParameterSetName = LoggerSet, Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [OpenedArgument<CdbLogger>(LeavesOthers = true)]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbLogger>))]
    public CdbLogger? Logger { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? Path { get; set => field = OfSet(value); }

    [Parameter]
    [DurationArgument(IsTimeout = true)]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    [Parameter]
    public SwitchParameter Resend { get; set; }

    [Parameter]
    public SwitchParameter Restamp { get; set; }

    [Parameter]
    public SwitchParameter ThrowOnFailure { get; set; }

    // A scheduler sees the exit code also after an error, which ends the cmdlet before there is a result.
    protected override void Begin() => SessionState.PSVariable.Set(ExitCodeVariable, SyncResult.Failed);

    protected override void Process()
    {
        int before = _exitCode;
        SetExitCode(SyncResult.Failed);
        try
        {
            SetExitCode(Worst(before, SyncGiven().ExitCode));
        }
        catch (CdbException error)
        {
            // Without a result, 'exit (Sync-CdbLogger …).ExitCode' ends with 0.
            WriteObject(new SyncResult([]) { Fault = error.Message });
            throw;
        }
    }

    /// <summary>The exit code of two syncs: a failure is worse than a busy destination, which is worse than entries set aside.</summary>
    private static int Worst(int first, int second)
        => ((int[])[SyncResult.Failed, SyncResult.Busy, SyncResult.Incomplete]).FirstOrDefault(code => code == first || code == second);

    private SyncResult SyncGiven()
    {
        if (Path is null)
        {
            return Sync((Logger ?? RunspaceSession.Current.DefaultLogger
                ?? throw new StoreException(StoreFault.Closed, "No logger is open. Specify the path of its file, or open it with Start-CdbLogger.", null)));
        }

        string path = Engine.Locate(FilePath(Path));
        if (RunspaceSession.Current.Loggers.FirstOrDefault(logger => logger.Path == path) is { } open)
        {
            return Sync(open);
        }

        if (!File.Exists(path))
        {
            throw new NotFoundException($"There is no logger '{path}'. Create one with New-CdbLogger.", Path);
        }

        if (LoggerFiles.IsEmpty(path))
        {
            throw new StoreException(StoreFault.NotAStore, $"The file '{path}' is empty and no logger. Check the path, or create a logger with New-CdbLogger.", Path);
        }

        using CdbLogger logger = LoggerEngine.Open(path, ScriptCaller(), WriteWarning);
        return Sync(logger, logger.Logger.Recovery?.Lost ?? 0);
    }

    private void SetExitCode(int code)
    {
        _exitCode = code;
        SessionState.PSVariable.Set(ExitCodeVariable, code);
    }

    private SyncResult Sync(CdbLogger opened, long lost = 0)
    {
        IDataLogger logger = opened.Logger;
        if (Resend || Restamp)
        {
            logger.Resend(logger.ListDeadLetters(), Restamp);
        }

        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        end.CancelAfter(Timeout);
        SyncResult result = Await.Result(logger.SyncAsync(Timeout, end.Token));
        result = result with { Lost = result.Lost + lost };
        SyncScripts.Wait(opened, Timeout, Cancellation);
        ReportNewStores(result);
        WriteObject(result);
        if ((Given(nameof(ThrowOnFailure)) ? ThrowOnFailure.ToBool() : logger.Settings.ThrowOnFailure) && !result.Succeeded)
        {
            SetExitCode(result.ExitCode);
            ThrowTerminatingError(ErrorRecords.Of(new SinkException($"Not everything was sent: {string.Join(" ", result.Problems)}", logger.Path)));
        }

        foreach (string problem in result.Problems)
        {
            WriteWarning(problem);
        }

        return result;
    }
}
