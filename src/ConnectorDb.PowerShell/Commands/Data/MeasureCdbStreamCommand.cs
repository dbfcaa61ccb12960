using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>Computes the count, minimum, maximum, sum and mean of streams without reading each datapoint.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CdbStream")]
[OutputType(typeof(StreamSummary))]
public sealed class MeasureCdbStreamCommand : StreamCdbCmdlet
{
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? From { get; set; }

    [Parameter]
    [TimeArgument]
    public DateTimeOffset? To { get; set; }

    [Parameter]
    [TimeArgument]
    public DateTimeOffset? Since { get; set; }

    [Parameter]
    public SwitchParameter Downlink { get; set; }

    protected override void Process(CdbPath path)
    {
        DataQuery range = new(Downlink ? path.ToDownlink() : path)
        {
            T1 = StreamRange.After(StreamRange.Start(From, Since)),
            T2 = StreamRange.UpTo(To),
        };
        WriteObject(Await.Result(Client.SummarizeAsync(range, Cancellation)));
    }
}
