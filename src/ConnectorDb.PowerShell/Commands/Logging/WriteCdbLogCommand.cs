using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Values;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Writes values, objects or points to a logger. They are on disk when the command returns.</summary>
[Cmdlet(VerbsCommunications.Write, "CdbLog", DefaultParameterSetName = ValueSet)]
[OutputType(typeof(void))]
public sealed partial class WriteCdbLogCommand : LoggerCdbCmdlet
{
    private const string ValueSet = "Value";
    private const string EntrySet = "Entry";
    private const string ObjectSet = "Object";
    private const string NamedObjectSet = "NamedObject";
    private const string PointSet = "Point";
    private const string MissedSet = "MissedEvents";
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private HashSet<string>? _streams;
    private LogEntries? _entries;
    private PipelineDatapointReader _reader = new();
    private PipelineDatapointReader _tableReader = new();
    private TimestampRows<(PipelinePoint Point, object? Item)>? _rows;
    private OmittedMembers? _omitted;
    private FutureTimes? _future;
    private double? _time;

    [Parameter(ParameterSetName = ValueSet, Mandatory = true, Position = 0)]
    [NonEmpty]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    public string? Stream { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = ValueSet, Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    public object? Value { get; set => field = OfSet(value); }

    /// <summary>A value, or several, for each of several streams; stored together or not at all.</summary>
    [Parameter(ParameterSetName = EntrySet, Mandatory = true, Position = 0)]
    [NonNull]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    public IDictionary? Entry { get; set => field = OfSet(value); }

    /// <summary>An object with a stream for each property. A hashtable of the pipeline is an entry: PowerShell cannot choose between two parameters.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = NamedObjectSet, Mandatory = true, ValueFromPipeline = true)]
    public object? InputObject { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = ObjectSet, Mandatory = true)]
    [AllowEmptyString]
    public string Prefix { get; set => field = OfSet(value); } = "";

    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = NamedObjectSet)]
    [NonEmpty]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    public string[] Property { get; set => field = OfSet(value); } = [];

    [Parameter(ParameterSetName = PointSet, Mandatory = true)]
    [NonEmpty]
    [ArgumentCompleter(typeof(MeasurementCompleter))]
    public string? Measurement { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = PointSet, Mandatory = true)]
    [ArgumentCompleter(typeof(FieldCompleter))]
    public IDictionary? Field { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = PointSet)]
    [NonNull]
    [ArgumentCompleter(typeof(TagCompleter))]
    public IDictionary? Tag { get; set => field = OfSet(value); }

    /// <summary>A file of events that the Initial State streamer could not send.</summary>
    [Parameter(ParameterSetName = MissedSet, Mandatory = true)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? MissedEvents { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = ValueSet)]
    [Parameter(ParameterSetName = EntrySet)]
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = NamedObjectSet)]
    [Parameter(ParameterSetName = PointSet)]
    [ZonedTimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public object? Timestamp { get; set => field = OfSet(value); }

    /// <summary>The formats of times as text. The first that fits counts.</summary>
    [Parameter(ParameterSetName = ValueSet)]
    [NonEmpty]
    [ArgumentCompleter(typeof(TimestampFormatCompleter))]
    public string[]? TimestampFormat { get; set => field = OfSet(value); }

    /// <summary>The zone of times without an offset.</summary>
    [Parameter(ParameterSetName = ValueSet)]
    [TimeZoneArgument]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo? TimeZone { get; set => field = OfSet(value); }

    /// <summary>The culture of dates such as 03/04/2026.</summary>
    [Parameter(ParameterSetName = ValueSet)]
    [CultureArgument]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public CultureInfo? Culture { get; set => field = OfSet(value); }

    protected override void Begin()
    {
        base.Begin();
        _omitted = new OmittedMembers(Warn);
        _future = new FutureTimes(Warn);
        _entries = new LogEntries(Target, StopsAtError, WriteError) { Stored = (channel, times) => _future.Note(channel, times.Span) };
        TimestampParser times = TimestampParsers.Of(TimestampFormat, TimeZone, Culture);
        if (Timestamp is not null)
        {
            _time = TimeText.TryReadArgument(Timestamp, Stream is null ? TimeText.ParserIn(null) : times, out double seconds, out string? reason)
                ? seconds
                : throw new ArgumentTextException(nameof(Timestamp), reason!, Timestamp);
        }

        _reader = new PipelineDatapointReader { Omitted = _omitted, Warn = Warn, Times = times };
        _tableReader = new PipelineDatapointReader { NamesStream = true, Omitted = _omitted, Warn = Warn, Times = TimeText.ParserIn(null) };
        _rows = new(times, (row, t) => Add(Stream!, t, row.Point.Value), (row, reason) => Reject(row.Point.Refused(reason, row.Item), row.Item));
    }

    protected override void Process()
    {
        switch (ParameterSetName)
        {
            case PointSet:
                AddPoint(Measurement!, Field!, Tag, _time ?? double.NaN);
                return;
            case EntrySet:
                AddEntry(Entry!);
                return;
            case ObjectSet:
                // An underscore follows the prefix, also one that is written with it.
                AddObject(Prefix is [.. var name, '_'] ? name : Prefix);
                break;
            case NamedObjectSet when MyInvocation.ExpectingInput && Property.Length == 0 && PowerShellObject.Unwrap(InputObject) is IDictionary entry:
                AddEntry(entry);
                return;
            case NamedObjectSet when TryAddRow() || TryAddPoint():
                break;
            case NamedObjectSet:
                AddObject(ObjectPrefix.Of(InputObject), takesDeclared: true);
                break;
            case MissedSet:
                AddMissedEvents();
                return;
            default:
                AddValues();
                break;
        }

        _entries!.FlushIfDue();
    }

    protected override void End()
    {
        _rows!.Complete();
        _entries!.Flush();
        if (ShowsErrors && _entries.Incomplete is { } incomplete)
        {
            Warn(incomplete);
        }

        _omitted!.Complete();
        _future!.Complete((stream, now) => $"If that is a mistake, take them back from the streams of the destinations when they were sent: Remove-CdbDatapoint {stream} -After {now}");
    }

    /// <summary>Writes the buffered values after Ctrl+C.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _entries?.Flush();
        }

        base.Dispose(disposing);
    }

    /// <summary>A datapoint for each simple value in the object, all of one time.</summary>
    /// <param name="prefix">The first part of the names of the streams.</param>
    /// <param name="takesDeclared">A property with the name of a declared stream is a datapoint of this stream.</param>
    private void AddObject(string prefix, bool takesDeclared = false)
    {
        double t = _time ?? UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        DataValue whole = Property.Length == 0
            ? WholeObject.Read(InputObject, _omitted)
            : PowerShellValue.ReadObject([.. Property.Select(name => new KeyValuePair<string, object?>(name, Members.Get(InputObject, name)))], _omitted);
        if (whole.Kind == DataKind.Object && whole.AsObject().Count == 0)
        {
            Warn("The object has no properties, so nothing was written.");
        }

        if (takesDeclared && whole.Kind == DataKind.Object)
        {
            whole = DataValue.From(new DataObject([.. whole.AsObject().Where(member => !TryAddDeclared(member.Key, t, member.Value))]));
        }

        foreach ((string name, DataValue value) in ObjectFields.Of(prefix, whole))
        {
            Declare(name);
            Add(name, t, value);
        }
    }

    private bool TryAddDeclared(string name, double t, DataValue value)
    {
        _streams ??= new HashSet<string>(Target.Channels.Where(channel => channel.Kind == ChannelKind.Stream).Select(channel => channel.Name), StringComparer.Ordinal);
        if (!_streams.Contains(name))
        {
            return false;
        }

        Add(name, t, TextNumbers.HasText(value) && SchemaOf(name) is { } texts ? texts.Read(value) : value);
        return true;
    }

    /// <summary>The events of a file. Each key is a stream.</summary>
    private void AddMissedEvents()
    {
        string path = FilePath(MissedEvents!);
        bool isEmpty = true;
        foreach (MissedEvent missed in Logging.MissedEvents.Read(path, error => WriteError(ErrorRecords.Of(error, path))))
        {
            isEmpty = false;
            Try(
                () =>
                {
                    Declare(missed.Key);
                    Add(missed.Key, missed.Time, missed.Value);
                },
                missed.Key);
            _entries!.FlushIfDue();
        }

        if (isEmpty)
        {
            WriteWarning($"'{path}' has no events, so nothing was written. Check the path.");
        }
    }

    private void Declare(string name)
    {
        if (_declared.Add(name) && !Target.Channels.Any(channel => channel.Name == name && channel.Kind != ChannelKind.Events))
        {
            Target.AddChannel(new LogChannel { Name = name, IsToCreate = true });
        }
    }

    private void Add(string channel, double t, DataValue value)
    {
        _entries!.Add(channel, t, value);
    }
}
