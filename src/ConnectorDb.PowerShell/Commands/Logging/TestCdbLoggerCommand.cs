using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Tests whether all destinations of loggers respond and accept the login.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CdbLogger")]
[OutputType(typeof(bool))]
public sealed class TestCdbLoggerCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [OpenedArgument<CdbLogger>(TakesMany = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbLogger>))]
    public CdbLogger[]? Logger { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void Process() => ForEach(Logger ?? [RunspaceSession.Current.DefaultLogger ?? throw NoLogger()], Test);

    private void Test(CdbLogger logger)
    {
        IReadOnlyList<DestinationTest> tests = Await.Result(logger.Logger.TestAsync(Cancellation));
        Cancellation.ThrowIfCancellationRequested();
        if (!Quiet && tests.Count == 0)
        {
            throw new SinkException($"The logger '{logger.Path}' has no destination. Add one, for example: Set-CdbLogger '{logger.Path}' -Sink (New-CdbSink -ConnectorDb ./store.cdb).", logger.Path);
        }

        foreach (DestinationTest test in tests)
        {
            WriteVerbose($"{test.Destination}: {test.Error?.Message ?? (test.Creation is null ? "responds." : $"the first write will create {test.Creation}.")}");
            if (!Quiet && test.Error is { } error)
            {
                WriteError(ErrorRecords.Of(error, test.Destination));
            }
        }

        bool isUsable = tests.Count > 0 && tests.All(test => test.Error is null);
        if (isUsable || Quiet)
        {
            WriteObject(isUsable);
        }
    }

    private static StoreException NoLogger() => new(StoreFault.Closed, "No logger is open. Open one with Start-CdbLogger or New-CdbLogger.", null);
}
