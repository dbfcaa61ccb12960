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
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public object Column { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = EverySet)]
    [StepArgument]
    public Step Every { get; set; } = new(TimeSpan.Zero, null);

    [Parameter]
    [ZonedTimeArgument]
    public object? From { get; set; }

    [Parameter]
    [ZonedTimeArgument]
    public object? To { get; set; }

    [Parameter]
    [ZonedTimeArgument]
    public object? Since { get; set; }

    /// <summary>The zone whose calendar the rows follow, and in which their times are shown.</summary>
    [Parameter]
    [ValidateNotNull]
    [TimeZoneArgument]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Local;

    /// <summary>The end of its interval that is the time of a row.</summary>
    [Parameter(ParameterSetName = EverySet)]
    public RowStamp Stamp { get; set; }

    /// <summary>The stream or query that gives the times of the rows; several are merged.</summary>
    [Parameter(Mandatory = true, ParameterSetName = XSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public object[] X { get; set; } = [];

    /// <summary>The interpolator of columns that name none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InterpolatorCompleter))]
    public string Interpolator { get; set; } = "closest";

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
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
        if (AsArray)
        {
            IEnumerable<string> names = query.Columns.Select(column => column.Name);
            Block[] blocks = [.. Await.Each(Client.DatasetAsync(query, Cancellation))];
            WriteObject(DatasetArrays.Of(blocks, query.X.Count > 0 ? names.Prepend(DatasetRowObjects.XName) : names));
            return;
        }

        ProgressReport progress = new(this, "Computing the dataset");
        long? total = query.Dt is { } dt ? (long)((query.T2!.Value - query.T1!.Value) / dt) + 1 : null;
        foreach (Block block in Await.Each(Client.DatasetAsync(query, Cancellation)))
        {
            foreach (object row in DatasetRowObjects.Of(block, TimeZone))
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
        IReadOnlyList<DatasetColumn> columns = new ColumnArgument(Client.Identity, Interpolator, AllowNull).Read(_columns.Count == 1 ? _columns[0] : _columns);
        Check(columns);
        if (AsArray && PostTransform is not null)
        {
            throw new InvalidValueException("-PostTransform needs rows, and -AsArray outputs arrays instead. Omit one of them.", PostTransform);
        }

        DatasetQuery query = new() { Columns = columns, PostTransform = PostTransform, Force = Force };
        return ParameterSetName == XSet ? OfStreams(query) : OfSteps(query);
    }

    private DatasetQuery OfStreams(DatasetQuery query) => query with { X = [.. X.Select(x => new QueryArgument(Client.Identity).Read(x, Start, TimeOf(To)))], T1 = StreamRange.After(Start) };

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
            TimeZone = isCalendar ? ZoneName() : null,
            Stamp = Stamp,
        };
    }

    private string ZoneName()
        => TimeZones.Find(TimeZone.Id) is not null
            ? TimeZone.Id
            : throw new InvalidValueException($"The time zone '{TimeZone.Id}' has no name that the database knows. Give one with -TimeZone, such as 'Europe/Berlin'.", TimeZone.Id);

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
