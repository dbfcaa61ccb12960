using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Charts;
using ConnectorDb.Core.Charts.Terminal;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Charts;

/// <summary>Draws streams, datapoints or rows of a dataset over time, as lines of text.</summary>
[Cmdlet(VerbsCommon.Show, "CdbChart")]
[OutputType(typeof(string))]
public sealed class ShowCdbChartCommand : ConnectedCdbCmdlet
{
    private readonly List<CdbPath> _streams = [];
    private readonly PipelineSeries _given = new();

    /// <summary>Paths or streams, datapoints, summaries, or rows with a time and numbers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Stream", "Path")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public object[] InputObject { get; set; } = [];

    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset? From { get; set; }

    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset? To { get; set; }

    [Parameter]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public DateTimeOffset? Since { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    /// <summary>Characters in a line.</summary>
    [Parameter]
    [ValidateRange(40, 1000)]
    public int? Width { get; set; }

    /// <summary>Lines of the field.</summary>
    [Parameter]
    [ValidateRange(4, 200)]
    public int? Height { get; set; }

    /// <summary>The value at the lower end of the axis.</summary>
    [Parameter]
    [ValidateNotNull]
    public double? Minimum { get; set; }

    /// <summary>The value at the upper end of the axis.</summary>
    [Parameter]
    [ValidateNotNull]
    public double? Maximum { get; set; }

    /// <summary>The time zone of the axis.</summary>
    [Parameter]
    [TimeZoneArgument]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Local;

    /// <summary>The characters to draw with.</summary>
    [Parameter]
    [ValidateNotNull]
    public ChartForm? As { get; set; }

    [Parameter]
    public SwitchParameter NoColor { get; set; }

    /// <summary>Draws again when datapoints arrive, until Ctrl+C.</summary>
    [Parameter]
    public SwitchParameter Watch { get; set; }

    // Objects of the pipeline need no connection.
    protected override void Begin()
    {
        if (Watch && !TerminalLook.HasCursor(Host))
        {
            throw new NotAvailableException("-Watch draws in place, but the output of this session is redirected, or its terminal cannot move the cursor. Draw once without -Watch, or output datapoints as they arrive with Watch-CdbStream.", null);
        }
    }

    protected override void Process() => ForEach(InputObject, given =>
    {
        object? bare = PowerShellObject.Unwrap(given);
        if (bare is string or CdbPath or CdbStream)
        {
            _streams.AddRange(new TreeSearch(Client, Cancellation).Paths(bare is CdbStream stream ? stream.GetPath().ToString() : bare.ToString()!, CdbPathKind.Stream));
        }
        else
        {
            _given.Add(given);
        }
    });

    protected override void End()
    {
        if (Minimum >= Maximum)
        {
            throw new InvalidRangeException($"-Minimum {Minimum} is not less than -Maximum {Maximum}. Exchange the two.", Minimum);
        }

        if (!double.IsFinite(Minimum ?? 0) || !double.IsFinite(Maximum ?? 0))
        {
            throw new InvalidRangeException("An end of the axis of values is not a finite number. Give numbers as -Minimum and -Maximum, or omit them.", null);
        }

        _given.Complete();
        ChartSeries[] given = [.. _given.All];
        if (_streams.Count + given.Length > Chart.MaxSeries)
        {
            throw new InvalidValueException($"A chart shows at most {Chart.MaxSeries} series; these are {_streams.Count + given.Length}. Make several charts.", _streams.Count + given.Length);
        }

        DateTimeOffset? start = StreamRange.Start(From, Since);
        if (Watch)
        {
            Follow(given.Length, start);
        }
        else
        {
            WriteEach(Lines(given, start));
        }
    }

    private IReadOnlyList<string> Lines(ChartSeries[] given, DateTimeOffset? start)
    {
        (int width, int height) = TerminalLook.Size(Host);
        TerminalChart chart = new()
        {
            Width = Width ?? width,
            Height = Height ?? height,
            Form = As ?? TerminalLook.Form(),
            Cells = text => TerminalLook.Cells(Host, text),
            Zone = TimeZone,
            From = start is { } from ? UnixTime.FromDateTimeOffset(from) : null,
            To = To is { } to ? UnixTime.FromDateTimeOffset(to) : null,
            Minimum = Minimum,
            Maximum = Maximum,
        };
        ChartSeries[] series = [.. OfStreams(chart.Columns, start), .. given];
        IReadOnlyList<string> colors = NoColor || series.Length < 2 ? [] : TerminalLook.Colors(Host);
        return series.Length < 2 || colors.Count > 0 ? (chart with { Colors = colors }).Draw(series) : chart.DrawStacked(series);
    }

    /// <summary>Draws the streams again and again.</summary>
    private void Follow(int others, DateTimeOffset? start)
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
        TimeSpan? length = DateTimeOffset.UtcNow - Since;
        using StreamSignal news = new(Cancellation);
        ForEach(_streams, stream => news.Add(Await.Result(Client.SubscribeAsync(new SubscriptionQuery(stream), Cancellation))));
        new ChartWatch(text => Console.Out.Write(text), Cancellation).Run(
            news,
            () => Lines([], length is { } span ? DateTimeOffset.UtcNow - span : start),
            () => TerminalLook.Window(Host)?.Height ?? int.MaxValue,
            (stream, error) => WriteError(ErrorRecords.Of(error, stream)));
    }

    private IEnumerable<ChartSeries> OfStreams(int columns, DateTimeOffset? start)
    {
        if (_streams.Count == 0)
        {
            yield break;
        }

        ChartQuery[] queries = [.. _streams.Select(stream => new ChartQuery(StreamRange.Between(new DataQuery(stream) { Transform = Transform }, start, To)) { Columns = columns, TimeZone = TimeZones.NameOf(TimeZone) })];
        IReadOnlyList<IReadOnlyList<StreamSummary>?> charts = Await.Result(Client.ChartAsync(queries, Cancellation));
        for (int i = 0; i < charts.Count; i++)
        {
            if (charts[i] is { } found)
            {
                yield return ChartSeries.Of(_streams[i].ToString(), found);
            }
            else if (!Watch)
            {
                CdbPath missing = _streams[i];
                Try(() => throw new NotFoundException($"There is no stream '{missing}', or this login may not read it. Get-CdbStream lists the visible ones.", missing), missing);
            }
        }
    }
}
