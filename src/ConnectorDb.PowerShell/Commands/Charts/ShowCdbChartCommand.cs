using System.Management.Automation;
using ConnectorDb.Core.Charts;
using ConnectorDb.Core.Charts.Terminal;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Charts;

/// <summary>Draws streams, datapoints or rows of a dataset over time, as lines of text.</summary>
[Cmdlet(VerbsCommon.Show, "CdbChart")]
[OutputType(typeof(string))]
public sealed class ShowCdbChartCommand : ChartCdbCmdlet
{
    /// <summary>Paths or streams, datapoints, summaries, or rows with a time and numbers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Stream", "Path")]
    [NonEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public object[] InputObject { get; set; } = [];

    /// <summary>Characters in a line.</summary>
    [Parameter]
    [ValidateRange(40, 1000)]
    [GivenArgument]
    public int Width { get; set; }

    /// <summary>Lines of the field.</summary>
    [Parameter]
    [ValidateRange(4, 200)]
    [GivenArgument]
    public int Height { get; set; }

    /// <summary>The characters to draw with.</summary>
    [Parameter]
    [GivenArgument]
    public ChartForm As { get; set; }

    [Parameter]
    public SwitchParameter NoColor { get; set; }

    /// <summary>Draws again when datapoints arrive, until Ctrl+C.</summary>
    [Parameter]
    public SwitchParameter Watch { get; set; }

    // Objects of the pipeline need no connection.
    protected override void Begin()
    {
        ReadRange();
        if (Watch && !TerminalLook.HasCursor(Host))
        {
            throw new NotAvailableException("-Watch draws in place, but the output of this session is redirected, or its terminal cannot move the cursor. Draw once without -Watch, or output datapoints as they arrive with Watch-CdbStream.", null);
        }
    }

    protected override void Process() => ForEach(InputObject, Add);

    protected override void End()
    {
        IReadOnlyList<ChartSeries> given = GivenSeries();
        CheckCount(Streams.Count + given.Count);
        if (Streams.Count + given.Count == 0)
        {
            if (!HasFailed)
            {
                Warn(MyInvocation.ExpectingInput ? "There is nothing to draw: the pipeline brought no datapoints, columns or rows." : "There is nothing to draw: no stream has such a name.");
            }

            return;
        }

        ReportUnmatched();

        if (Watch)
        {
            Follow(given.Count);
        }
        else
        {
            WriteEach(Lines(given, Start));
        }
    }

    // A stream that is followed has reported its end already.
    private protected override void Miss(CdbPath stream)
    {
        if (!Watch)
        {
            base.Miss(stream);
        }
    }

    private IReadOnlyList<string> Lines(IReadOnlyList<ChartSeries> given, DateTimeOffset? start)
    {
        (int width, int height) = TerminalLook.Size(Host);
        TerminalChart chart = new()
        {
            Width = IfGiven(Width) ?? width,
            Height = IfGiven(Height) ?? height,
            Form = IfGiven(As) ?? TerminalLook.Form(),
            Cells = text => TerminalLook.Cells(Host, text),
            Zone = TimeZone,
            From = Seconds(start),
            To = Seconds(Stop),
            Minimum = IfGiven(Minimum),
            Maximum = IfGiven(Maximum),
        };
        ChartSeries[] series = [.. StreamSeries(chart.Columns, start), .. given];
        chart = chart with { Colors = NoColor || series.Length < 2 ? [] : TerminalLook.Colors(Host) };
        return chart.HasOneField(series) ? chart.Draw(series) : chart.DrawStacked(series);
    }

    /// <summary>Draws the streams again and again.</summary>
    private void Follow(int others)
    {
        if (others > 0)
        {
            throw new InvalidValueException("-Watch follows streams. Name streams, or pipe them from Get-CdbStream; other objects of the pipeline do not change.", null);
        }

        if (To is not null)
        {
            throw new InvalidRangeException("-Watch follows new datapoints, so that the axis of time has no fixed end. Omit -To.", To);
        }

        // With -Since the axis keeps its length, with -From its start.
        DateTimeOffset? start = Start;
        TimeSpan? length = Since is null ? null : DateTimeOffset.UtcNow - start;
        using StreamSignal news = new(Cancellation);
        ForEach(Streams, stream => news.Add(Await.Result(Client.SubscribeAsync(new SubscriptionQuery(stream), Cancellation))));
        new ChartWatch(text => Console.Out.Write(text), Cancellation).Run(
            news,
            () => Lines([], length is { } span ? DateTimeOffset.UtcNow - span : start),
            () => TerminalLook.Window(Host)?.Height ?? int.MaxValue,
            (stream, error) => WriteError(ErrorRecords.Of(error, stream)));
    }
}
