using System.Management.Automation;
using ConnectorDb.Core.Charts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Charts;

/// <summary>A cmdlet that draws streams, datapoints or rows of a dataset over time.</summary>
public abstract class ChartCdbCmdlet : ConnectedCdbCmdlet
{
    private readonly List<CdbPath> _streams = [];
    private readonly List<string> _names = [];
    private readonly List<string> _unmatched = [];
    private readonly PipelineSeries _given = new();

    /// <summary>The units of streams that were read.</summary>
    private readonly Dictionary<CdbPath, string> _units = [];

    [Parameter]
    [ZonedTimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public object? From { get; set; }

    [Parameter]
    [ZonedTimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public object? To { get; set; }

    [Parameter]
    [ZonedTimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public object? Since { get; set; }

    /// <summary>The length of the columns; by default, so that each dot or pixel has one.</summary>
    [Parameter]
    [StepArgument]
    [ArgumentCompleter(typeof(StepCompleter))]
    public Step? Every { get; set; }

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    /// <summary>The value at the lower end of the axis; of the left one, if there are two.</summary>
    [Parameter]
    [GivenArgument]
    public double Minimum { get; set; }

    /// <summary>The value at the upper end of the axis; of the left one, if there are two.</summary>
    [Parameter]
    [GivenArgument]
    public double Maximum { get; set; }

    /// <summary>The time zone of the axis.</summary>
    [Parameter]
    [TimeZoneArgument]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Local;

    /// <summary>The streams to draw, each once.</summary>
    private protected IReadOnlyList<CdbPath> Streams => _streams;

    /// <summary>The start of the range, after <see cref="ReadRange"/>.</summary>
    private protected DateTimeOffset? Start { get; private set; }

    /// <summary>The end of the range, after <see cref="ReadRange"/>.</summary>
    private protected DateTimeOffset? Stop { get; private set; }

    /// <summary>True after an error of streams or objects.</summary>
    private protected bool HasFailed { get; private set; }

    /// <summary>Reads the ends of both axes.</summary>
    /// <exception cref="InvalidRangeException">An axis has two starts, or ends in the wrong order.</exception>
    /// <exception cref="InvalidValueException">An argument is not a time.</exception>
    private protected void ReadRange()
    {
        Start = StreamRange.Start(TimeOf(From), TimeOf(Since));
        Stop = TimeOf(To);
        if (IfGiven(Minimum) >= IfGiven(Maximum))
        {
            throw new InvalidRangeException($"-Minimum {Minimum} is not less than -Maximum {Maximum}. Exchange the two.", Minimum);
        }

        if (!double.IsFinite(Minimum) || !double.IsFinite(Maximum))
        {
            throw new InvalidRangeException("An end of the axis of values is not a finite number. Give numbers as -Minimum and -Maximum, or omit them.", null);
        }
    }

    /// <summary>Adds the streams of a name.</summary>
    private protected void AddStreams(string name)
    {
        CdbPath[] found = new TreeSearch(Client, Cancellation).Paths(name, CdbPathKind.Stream);
        if (found.Length == 0)
        {
            _unmatched.Add(name);
        }

        _streams.AddRange(found.Except(_streams));
        _names.Add(name);
    }

    /// <summary>Says which names have no stream, beside others that have one.</summary>
    private protected void ReportUnmatched() => _unmatched.ForEach(name => ReportNoMatch(CdbPathKind.Stream, name));

    /// <summary>Adds streams, datapoints, summaries, or a row.</summary>
    /// <exception cref="InvalidValueException">The object is none of them.</exception>
    private protected void Add(object? given)
    {
        object? bare = PowerShellObject.Unwrap(given);
        if (bare is CdbStream stream)
        {
            AddStreams(stream.GetPath().ToString());
            _units[stream.GetPath()] = SchemaUnit.Of(stream);
        }
        else if (bare is string or CdbPath)
        {
            AddStreams(bare.ToString()!);
        }
        else
        {
            _given.Add(given);
        }
    }

    /// <summary>The series of the objects of the pipeline. Columns that are left out are a warning, objects without a time an error.</summary>
    /// <exception cref="InvalidValueException">The time of a row is not clear.</exception>
    private protected IReadOnlyList<ChartSeries> GivenSeries()
    {
        (IReadOnlyList<ChartSeries> all, IReadOnlyList<string> names) = _given.Build();
        if (names.Count > 0)
        {
            Warn($"These columns are left out, because they have neither numbers nor at most {Chart.MaxRows} different texts: {string.Join(", ", names)}.");
        }

        if (_given.WithoutTime is var (count, first))
        {
            HasFailed = true;
            Try(() => throw new InvalidValueException($"{(count == 1 ? "An object has" : $"{count} objects have")} no time: no property Time, Timestamp, t, Date or DateTime. Pipe streams, datapoints, or the rows of a dataset.", first), first);
        }

        return all;
    }

    /// <summary>The series of the streams that can be read; an error for each of the others.</summary>
    /// <param name="columns">The number of columns without -Every.</param>
    /// <param name="start">The start of the range.</param>
    private protected IEnumerable<ChartSeries> StreamSeries(int columns, DateTimeOffset? start)
    {
        foreach (CdbPath[] some in _streams.Chunk(ChartQuery.MaxQueries))
        {
            ChartQuery[] queries = [.. some.Select(stream => ChartColumns.Of(StreamRange.Between(new DataQuery(stream) { Transform = Transform }, start, Stop), Every, columns, TimeZone))];
            IReadOnlyList<IReadOnlyList<StreamSummary>?> charts = Await.Result(Client.ChartAsync(queries, Cancellation));
            for (int i = 0; i < some.Length; i++)
            {
                if (charts[i] is { } found)
                {
                    yield return ChartSeries.Of(some[i].ToString(), found) with { Unit = UnitOf(some[i]) };
                }
                else
                {
                    Miss(some[i]);
                }
            }
        }
    }

    /// <summary>The unit of the numbers; empty if the stream has none, or if a transform makes other numbers.</summary>
    private string UnitOf(CdbPath stream)
    {
        if (Transform is not null)
        {
            return "";
        }

        if (!_units.TryGetValue(stream, out string? unit))
        {
            try
            {
                unit = SchemaUnit.Of(Await.Result(Client.GetStreamAsync(stream, Cancellation)));
            }
            catch (Exception error) when (error is NotFoundException or PermissionDeniedException)
            {
                unit = "";
            }

            _units[stream] = unit;
        }

        return unit;
    }

    /// <summary>Reports a stream that cannot be read.</summary>
    private protected virtual void Miss(CdbPath stream)
    {
        HasFailed = true;
        Try(() => throw NotFoundException.Of(stream), stream);
    }

    /// <exception cref="InvalidValueException">More than a picture can show.</exception>
    private protected void CheckCount(int series)
    {
        if (series > Chart.MaxSeries)
        {
            string names = string.Join(", ", _names.Distinct().Take(3).Select(name => $"'{name}'"));
            string some = _names.Count > 0 ? $"Get-CdbStream {names} | Select-Object -First {Chart.MaxSeries}" : "Select-Object Time, a, b";
            throw new InvalidValueException($"A chart shows at most {Chart.MaxSeries} series; these are {series}. Draw a part of them: {some} | {MyInvocation.MyCommand.Name}{ChartPath}", series);
        }
    }

    /// <summary>The file, as an argument of the command; empty if there is none.</summary>
    private protected virtual string ChartPath => "";

    /// <summary>Unix seconds; null for no time.</summary>
    private protected static double? Seconds(DateTimeOffset? time) => time is { } given ? UnixTime.FromDateTimeOffset(given) : null;

    /// <summary>The time; without an offset, in the zone of the axis.</summary>
    private DateTimeOffset? TimeOf(object? given) => ZonedTimeArgumentAttribute.Read(given, TimeZone);
}
