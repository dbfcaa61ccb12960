using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>Interpolates several streams at common times and outputs an object per time with a property per column, or arrays.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CdbDataset", DefaultParameterSetName = EverySet)]
[OutputType(typeof(PSObject))]
public sealed class InvokeCdbDatasetCommand : ConnectedCdbCmdlet
{
    private const string EverySet = "Every";
    private const string XSet = "X";

    private readonly List<object> _columns = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NonEmpty]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public object Column { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = EverySet)]
    [StepArgument]
    [ArgumentCompleter(typeof(StepCompleter))]
    public Step Every { get; set => field = OfSet(value); } = new(TimeSpan.Zero, null);

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

    /// <summary>The zone whose calendar the rows follow, and in which their times are shown.</summary>
    [Parameter]
    [NonNull]
    [TimeZoneArgument]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Local;

    /// <summary>The end of its interval that is the time of a row.</summary>
    [Parameter(ParameterSetName = EverySet)]
    public RowStamp Stamp { get; set => field = OfSet(value); }

    /// <summary>The stream or query that gives the times of the rows; several are merged.</summary>
    [Parameter(Mandatory = true, ParameterSetName = XSet)]
    [NonEmpty]
    [ArgumentCompleter(typeof(QueryCompleter))]
    public object[] X { get; set => field = OfSet(value); } = [];

    /// <summary>The interpolator of columns that name none.</summary>
    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(InterpolatorCompleter))]
    public string Interpolator { get; set; } = "closest";

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(RowTransformCompleter))]
    public string? PostTransform { get; set; }

    /// <summary>Keeps rows in which columns have no value.</summary>
    [Parameter]
    public SwitchParameter AllowNull { get; set; }

    /// <summary>Allows a very large number of rows.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Outputs one object with an array per column, instead of an object per row.</summary>
    [Parameter]
    [Alias("Raw")]
    public SwitchParameter AsArray { get; set; }

    protected override void Process() => _columns.Add(Column);

    protected override void End()
    {
        DatasetQuery query = Demand(Query);
        WarnOfClockChange(query);
        if (AsArray)
        {
            IEnumerable<string> names = query.Columns.Select(column => column.Name);
            Block[] blocks = [.. Await.Each(Client.DatasetAsync(query, Cancellation))];
            WriteObject(DatasetArrays.Of(blocks, query.X.Count > 0 ? names.Prepend(DatasetRowObjects.XName) : names));
            return;
        }

        DatasetRowObjects rows = new(TimeZone);
        ProgressReport progress = new(this, "Computing the dataset");
        long? total = query.Dt is { } dt ? (long)((query.T2!.Value - query.T1!.Value) / dt) + 1 : null;
        foreach (Block block in Await.Each(Client.DatasetAsync(query, Cancellation)))
        {
            foreach (object row in rows.Of(block))
            {
                WriteObject(row);
                progress.Step("rows", total);
            }
        }

        progress.Complete();
    }

    private DateTimeOffset? Start => StreamRange.Start(TimeOf(From), TimeOf(Since));

    /// <summary>The time; without an offset, in the time zone of the dataset.</summary>
    private DateTimeOffset? TimeOf(object? given) => ZonedTimeArgumentAttribute.Read(given, TimeZone);

    private DatasetQuery Query()
    {
        IReadOnlyList<DatasetColumn> columns = new ColumnArgument(new QueryArgument(Client, Cancellation), Interpolator, AllowNull).Read(_columns.Count == 1 ? _columns[0] : _columns);
        Check(columns);
        if (AsArray && PostTransform is not null)
        {
            throw new InvalidValueException("-PostTransform needs rows, and -AsArray outputs arrays instead. Omit one of them.", PostTransform);
        }

        DatasetQuery query = new() { Columns = columns, PostTransform = PostTransform, Force = Force };
        return ParameterSetName == XSet ? OfStreams(query) : OfSteps(query);
    }

    private DatasetQuery OfStreams(DatasetQuery query) => query with { X = [.. X.Select(x => new QueryArgument(Client, Cancellation).Read(x, Start, TimeOf(To)))], T1 = StreamRange.After(Start) };

    private DatasetQuery OfSteps(DatasetQuery query)
    {
        DateTimeOffset end = TimeOf(To) ?? TimeProvider.System.GetUtcNow();
        bool isCalendar = Every.Calendar is not null && (Every.Span is null || Given(nameof(TimeZone)));
        return query with
        {
            T1 = UnixTime.FromDateTimeOffset(Start ?? throw new InvalidRangeException("A dataset with -Every needs a start. Give -From or -Since.", null)),
            T2 = Stamp == RowStamp.End ? StreamRange.UpTo(end) : UnixTime.FromDateTimeOffset(end),
            Dt = isCalendar ? null : Every.Span!.Value.TotalSeconds,
            Step = isCalendar ? Every.Calendar : null,
            TimeZone = isCalendar ? TimeZones.NameOf(TimeZone) : null,
            Stamp = Stamp,
        };
    }

    /// <summary>Warns if days or weeks without a time zone, which are equal steps, move to another time of the day.</summary>
    private void WarnOfClockChange(DatasetQuery query)
    {
        if (query is not { Dt: { } step, T1: { } start, T2: { } end } || Every.Calendar is null || !(step > 0))
        {
            return;
        }

        DateTimeOffset first = LocalTimeOf(start);
        for (double t = start + step; t <= end; t += step)
        {
            DateTimeOffset row = LocalTimeOf(t);
            if (row.Offset != first.Offset)
            {
                Warn(string.Create(CultureInfo.InvariantCulture, $"The clocks of {TimeZoneInfo.Local.Id} change in this range, and -Every {Every.Calendar} without -TimeZone is {Every.Span!.Value.TotalHours} hours: on {row:yyyy-MM-dd} the rows move from {first:HH:mm} to {row:HH:mm}. For calendar days, give -TimeZone Local; for equal steps, -Every {Every.Span.Value.TotalHours}h."));
                return;
            }
        }
    }

    private static DateTimeOffset LocalTimeOf(double t) => TimeZoneInfo.ConvertTime(UnixTime.ToDateTimeOffset(t), TimeZoneInfo.Local);

    /// <summary>Rejects columns with the name of the property for the time or for x.</summary>
    private void Check(IReadOnlyList<DatasetColumn> columns)
    {
        string time = AsArray ? DatasetArrays.TimesName : DatasetRowObjects.TimeName;
        string[] taken = ParameterSetName == XSet ? [time, DatasetRowObjects.XName] : [time];
        if (columns.FirstOrDefault(column => taken.Contains(column.Name, StringComparer.OrdinalIgnoreCase)) is { } clash)
        {
            throw new InvalidValueException($"The name '{clash.Name}' is reserved, because every row already has this property. Choose another name for the column.", clash.Name);
        }
    }
}
