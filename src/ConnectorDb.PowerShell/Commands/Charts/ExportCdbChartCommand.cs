using System.Management.Automation;
using ConnectorDb.Core.Charts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Charts;

/// <summary>Draws streams, datapoints or rows of a dataset over time, in a file.</summary>
[Cmdlet(VerbsData.Export, "CdbChart", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCdbChartCommand : ConnectedCdbCmdlet
{
    private readonly List<CdbPath> _streams = [];
    private readonly PipelineSeries _given = new();
    private IChartFormat? _format;
    private ChartFile? _chartFile;
    private string _file = "";
    private bool _isComplete;

    /// <summary>The file; its extension is the format.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [PathArgument(CdbPathKind.Stream)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public string[] Stream { get; set; } = [];

    /// <summary>Streams, datapoints, summaries, or rows with a time and numbers.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>The series with an axis of values on the right: streams, or names of columns.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public string[] Right { get; set; } = [];

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

    /// <summary>The length of the columns; by default, so that each pixel has one.</summary>
    [Parameter]
    [StepArgument]
    [ArgumentCompleter(typeof(StepCompleter))]
    public Step? Every { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    /// <summary>The text above the chart.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Title { get; set; }

    /// <summary>Pixels.</summary>
    [Parameter]
    [ValidateRange(200, 10_000)]
    public int Width { get; set; } = 1000;

    /// <summary>Pixels.</summary>
    [Parameter]
    [ValidateRange(120, 10_000)]
    public int Height { get; set; } = 420;

    /// <summary>The value at the lower end of the left axis.</summary>
    [Parameter]
    [ValidateNotNull]
    public double? Minimum { get; set; }

    /// <summary>The value at the upper end of the left axis.</summary>
    [Parameter]
    [ValidateNotNull]
    public double? Maximum { get; set; }

    /// <summary>The time zone of the axis.</summary>
    [Parameter]
    [TimeZoneArgument]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Local;

    [Parameter]
    public ChartTheme Theme { get; set; }

    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Outputs the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Begin()
    {
        _file = Demand(() => FilePath(Path), Path);
        _format = Demand(() => ChartFormats.Of(_file, InvokeCommand), Path);
        _streams.AddRange(Stream.SelectMany(name => Demand(() => Matches(name), name)));
        if (Minimum >= Maximum)
        {
            throw new InvalidRangeException($"-Minimum {Minimum} is not less than -Maximum {Maximum}. Exchange the two.", Minimum);
        }

        if (ShouldProcess(_file, "Export a chart", () => _streams.ForEach(Find)))
        {
            _chartFile = Demand(() => new ChartFile(_file, NoClobber, Force), Path);
        }
    }

    protected override void Process()
    {
        if (_chartFile is null || !Given(nameof(InputObject)))
        {
            return;
        }

        // A part of the objects would look like all of them, so that an error ends the export.
        Demand(
            () =>
            {
                Add(InputObject);
                return true;
            },
            InputObject);
    }

    protected override void End()
    {
        if (_chartFile is null)
        {
            return;
        }

        ChartSeries[] series = Demand(AllSeries);
        if (series.Length == 0 && MyInvocation.ExpectingInput)
        {
            Warn($"The pipeline brought nothing to draw, so '{_file}' was not written.");
            return;
        }

        _isComplete = Demand(() =>
        {
            _chartFile.Write(_format!, ChartOf(series), new PictureOptions { Width = Width, Height = Height, Theme = Theme });
            return true;
        });
        if (PassThru)
        {
            WriteObject(new FileInfo(_file));
        }
    }

    /// <summary>Deletes the file when it is not complete, as after Ctrl+C.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _chartFile is not null)
        {
            _chartFile.Dispose();
            if (!_isComplete && Cancellation.IsCancellationRequested)
            {
                Warn($"The export was stopped: '{_file}' {(File.Exists(_file) ? "is unchanged" : "was not written")}. Export again for a complete file.");
            }
        }

        base.Dispose(disposing);
    }

    /// <exception cref="NotFoundException">Nothing matches the wildcards.</exception>
    private CdbPath[] Matches(string name) => new TreeSearch(Client, Cancellation).Paths(name, CdbPathKind.Stream) is { Length: > 0 } found
        ? found
        : throw new NotFoundException($"No stream matches '{name}'. Get-CdbStream -Recurse lists the streams of all devices.", name);

    private void Add(object? given)
    {
        object? bare = PowerShellObject.Unwrap(given);
        if (bare is string or CdbPath or CdbStream)
        {
            _streams.AddRange(Matches(bare is CdbStream stream ? stream.GetPath().ToString() : bare.ToString()!));
        }
        else
        {
            _given.Add(given);
        }
    }

    private ChartSeries[] AllSeries()
    {
        _given.Complete();
        ChartSeries[] series = [.. _streams.Count > 0 ? OfStreams([.. _streams.Distinct()]) : [], .. _given.All];
        return series.Length switch
        {
            0 when !MyInvocation.ExpectingInput => throw new InvalidValueException("There is nothing to draw. Give streams as -Stream, or pipe streams, datapoints or the rows of a dataset.", null),
            > Chart.MaxSeries => throw new InvalidValueException($"A chart shows at most {Chart.MaxSeries} series; these are {series.Length}. Make several charts.", series.Length),
            _ => series,
        };
    }

    private IEnumerable<ChartSeries> OfStreams(CdbPath[] streams)
    {
        DateTimeOffset? start = StreamRange.Start(From, Since);
        ChartQuery[] queries = [.. streams.Take(ChartQuery.MaxQueries).Select(stream => new ChartQuery(StreamRange.Between(new DataQuery(stream) { Transform = Transform }, start, To))
        {
            Columns = Every is null ? Math.Min(Width * _format!.ColumnsPerPixel, ChartQuery.MaxColumns) : null,
            Every = Every is { Calendar: null, Span: { } span } ? span.TotalSeconds : null,
            Step = Every?.Calendar,
            TimeZone = TimeZones.NameOf(TimeZone),
        })];
        IReadOnlyList<IReadOnlyList<StreamSummary>?> charts = Await.Result(Client.ChartAsync(queries, Cancellation));
        return charts.Select((columns, i) => columns is null
            ? throw Unreadable(streams[i])
            : ChartSeries.Of(streams[i].ToString(), columns));
    }

    /// <exception cref="NotFoundException">The stream is missing.</exception>
    private PermissionDeniedException Unreadable(CdbPath stream)
    {
        Find(stream);
        return new PermissionDeniedException($"This login may not read '{stream}'.", stream);
    }

    private Chart ChartOf(ChartSeries[] series)
    {
        DateTimeOffset? start = StreamRange.Start(From, Since);
        return new Chart
        {
            Series = series,
            Right = OnTheRight(series),
            Title = Title,
            Zone = TimeZone,
            From = start is { } from ? UnixTime.FromDateTimeOffset(from) : null,
            To = To is { } to ? UnixTime.FromDateTimeOffset(to) : null,
            Minimum = Minimum,
            Maximum = Maximum,
        };
    }

    /// <summary>The series that -Right names: by the path or name of a stream, or the name of a column.</summary>
    private HashSet<ChartSeries> OnTheRight(ChartSeries[] series)
    {
        HashSet<ChartSeries> right = [];
        foreach (string name in Right)
        {
            Func<string, bool> isMatch = WildcardSearch.Matcher(name);
            ChartSeries[] found = [.. series.Where(one => isMatch(one.Name) || isMatch(one.Name[(one.Name.LastIndexOf('/') + 1)..]))];
            right.UnionWith(found.Length > 0 ? found : throw new NotFoundException($"-Right '{name}' matches none of the series: {string.Join(", ", series.Select(one => one.Name))}.", name));
        }

        return right;
    }
}
