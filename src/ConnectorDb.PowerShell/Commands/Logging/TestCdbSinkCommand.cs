using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Tests the connections to destinations.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CdbSink")]
[OutputType(typeof(bool))]
public sealed class TestCdbSinkCommand : CdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SinkSettings[] Sink { get; set; } = [];

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void Process()
    {
        foreach (SinkSettings settings in Sink)
        {
            Try(() => Test(settings), settings.Location);
        }
    }

    private void Test(SinkSettings settings)
    {
        try
        {
            ISink sink = LoggerEngine.OpenSink(settings);
            try
            {
                Await.Completion(sink.TestAsync(Cancellation));
            }
            finally
            {
                Await.Completion(sink.DisposeAsync());
            }

            WriteObject(true);
        }
        catch (CdbException) when (Quiet)
        {
            WriteObject(false);
        }
    }
}
