using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Tests the connections to destinations.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CdbSink")]
[OutputType(typeof(bool))]
public sealed class TestCdbSinkCommand : CdbCmdlet
{
    private readonly List<SinkSettings> _sinks = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [ArgumentCompleter(typeof(ObjectCompleter<SinkSettings>))]
    public SinkSettings[] Sink { get; set; } = [];

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void Process() => _sinks.AddRange(Sink);

    /// <summary>Tests all destinations at the same time, so that several that do not respond take no longer than one.</summary>
    protected override void End()
    {
        Task<(string?, SinkLogin?)>[] tests = [.. _sinks.Select(settings => LoggerEngine.TestAsync(settings, Cancellation))];
        for (int i = 0; i < tests.Length; i++)
        {
            Task<(string?, SinkLogin?)> test = tests[i];
            SinkSettings sink = _sinks[i];
            Try(() => Report(sink, test), sink.Location);
        }
    }

    private void Report(SinkSettings sink, Task<(string? Creation, SinkLogin? Login)> test)
    {
        try
        {
            if (Await.Result(test).Creation is { } missing)
            {
                WriteInformation($"The first write will create {missing}.", [nameof(ConnectorDb)]);
                WriteVerbose($"The first write will create {missing}.");
            }
            else
            {
                WriteVerbose($"{sink.Location} responds, and takes data of this login.");
            }

            WriteObject(true);
        }
        catch (CdbException) when (Quiet)
        {
            WriteObject(false);
        }
        catch (OperationCanceledException)
        {
            Warn("The test was stopped before all destinations responded.");
            throw;
        }
    }
}
