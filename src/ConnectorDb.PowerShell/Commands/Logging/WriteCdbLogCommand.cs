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
public sealed class WriteCdbLogCommand : LoggerCdbCmdlet
{
    private const string ValueSet = "Value";
    private const string ObjectSet = "Object";
    private const string PointSet = "Point";
    private const string MissedSet = "MissedEvents";
    private const int MostAtOnce = 4096;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMilliseconds(100);
    private readonly List<Entry> _waiting = [];
    private readonly Dictionary<string, long> _positions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private PipelineDatapointReader _reader = new();
    private TimestampRows<(PipelinePoint Point, object? Item)>? _rows;
    private OmittedMembers? _omitted;
    private FutureTimes? _future;
    private double? _time;
    private long _stored;
    private long _since;

    [Parameter(ParameterSetName = ValueSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Stream { get; set; }

    [Parameter(ParameterSetName = ValueSet, Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    public object? Value { get; set; }

    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    [Parameter(ParameterSetName = ObjectSet, Mandatory = true)]
    [AllowEmptyString]
    public string Prefix { get; set; } = "";

    [Parameter(ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public string[] Property { get; set; } = [];

    [Parameter(ParameterSetName = PointSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Measurement { get; set; }

    [Parameter(ParameterSetName = PointSet, Mandatory = true)]
    public IDictionary? Field { get; set; }

    [Parameter(ParameterSetName = PointSet)]
    public IDictionary? Tag { get; set; }

    /// <summary>A file of events that the Initial State streamer could not send.</summary>
    [Parameter(ParameterSetName = MissedSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? MissedEvents { get; set; }

    [Parameter(ParameterSetName = ValueSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = PointSet)]
    [ZonedTimeArgument]
    public object? Timestamp { get; set; }

    /// <summary>The formats of times as text. The first that fits counts.</summary>
    [Parameter(ParameterSetName = ValueSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TimestampFormatCompleter))]
    public string[]? TimestampFormat { get; set; }

    /// <summary>The zone of times without an offset.</summary>
    [Parameter(ParameterSetName = ValueSet)]
    [TimeZoneArgument]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo? TimeZone { get; set; }

    /// <summary>The culture of dates such as 03/04/2026.</summary>
    [Parameter(ParameterSetName = ValueSet)]
    [CultureArgument]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public CultureInfo? Culture { get; set; }

    protected override void Begin()
    {
        base.Begin();
        _omitted = new OmittedMembers(Warn);
        _future = new FutureTimes(Warn);
        TimestampParser times = TimestampParsers.Of(TimestampFormat, TimeZone, Culture);
        if (Timestamp is not null)
        {
            _time = TimeText.TryReadArgument(Timestamp, Stream is null ? TimeText.ParserIn(null) : times, out double seconds, out string? reason)
                ? seconds
                : throw new ArgumentTextException(nameof(Timestamp), reason!, Timestamp);
        }

        _reader = new PipelineDatapointReader { Omitted = _omitted, Warn = Warn, Times = times };
        _rows = new(times, (row, t) => Add(Stream!, t, row.Point.Value), (row, reason) => Reject(row.Point.Refused(reason, row.Item), row.Item));
    }

    protected override void Process()
    {
        switch (ParameterSetName)
        {
            case PointSet:
                AddPoint();
                return;
            case ObjectSet:
                AddObject();
                break;
            case MissedSet:
                AddMissedEvents();
                return;
            default:
                AddValues();
                break;
        }

        if (_waiting.Count >= MostAtOnce || TimeProvider.System.GetElapsedTime(_since) > s_longestWait)
        {
            Flush();
        }
    }

    protected override void End()
    {
        _rows!.Complete();
        Flush();
        _omitted!.Complete();
        _future!.Complete((_, _) => "If that is a mistake, take them back from the streams of the destinations: Remove-CdbDatapoint -After.");
    }

    /// <summary>Writes the buffered values after Ctrl+C.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _waiting.Count > 0)
        {
            Flush();
        }

        base.Dispose(disposing);
    }

    private void AddValues()
    {
        object? bare = Value is PSObject wrapped ? wrapped.BaseObject : Value;
        IEnumerable<object?> values = !MyInvocation.ExpectingInput && bare is object?[] list ? list : (object?[])[Value];
        foreach (object? value in values)
        {
            try
            {
                PipelinePoint point = _reader.Read(value);
                if (_time is { } t)
                {
                    _rows!.Add(t, (point, value));
                }
                else
                {
                    point.AddTo(_rows!, (point, value));
                }
            }
            catch (InvalidValueException error)
            {
                Reject(error, value);
            }
        }
    }

    /// <summary>Reports an object that is no datapoint. If errors end the pipeline, the datapoints before it are written first.</summary>
    private void Reject(InvalidValueException error, object? item)
    {
        if (StopsAtError)
        {
            _rows!.Complete();
            Flush();
        }

        WriteError(ErrorRecords.Of(Rejected(error, Stream!, NextPosition(Stream!)), item));
    }

    /// <summary>A point without the fields that cannot be stored: a warning for NaN and infinity, an error for others and for a point without fields.</summary>
    private void AddPoint()
    {
        List<KeyValuePair<string, DataValue>> fields = [];
        List<OmittedMember> notFinites = [];
        foreach ((string name, object? value) in PowerShellValue.Entries(Field!))
        {
            Try(() => AddField(fields, notFinites, name, value), name);
        }

        if (fields.Count == 0 && Field!.Count > 0)
        {
            if (notFinites.Count > 0)
            {
                throw new InvalidValueException($"The field '{notFinites[0].Name}' is {notFinites[0].Number.ToString(CultureInfo.InvariantCulture)}, which JSON cannot hold. No field is left, so nothing was written.", notFinites[0].Name);
            }

            return;
        }

        _omitted!.Add(notFinites);

        LogPoint point = new(new DataObject([.. fields]), NamedFields.Of(Tag, _omitted!));
        foreach (RejectedField rejected in Target.WritePoints(Measurement!, [(_time ?? double.NaN, point)], OnInvalid.RejectInvalid))
        {
            WriteError(ErrorRecords.Of(rejected.Error, rejected.Field));
        }
    }

    private void AddField(List<KeyValuePair<string, DataValue>> fields, List<OmittedMember> notFinites, string name, object? value)
    {
        if (PowerShellValue.TryRead(name, value, _omitted, out DataValue field, out double notFinite))
        {
            fields.Add(new(name, field));
        }
        else
        {
            notFinites.Add(new OmittedMember(name, notFinite));
        }
    }

    /// <summary>A datapoint for each simple value in the object, all of one time.</summary>
    private void AddObject()
    {
        double t = _time ?? UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        DataValue whole = Property.Length == 0
            ? WholeObject.Read(InputObject, _omitted)
            : PowerShellValue.ReadObject([.. Property.Select(name => new KeyValuePair<string, object?>(name, Members.Get(InputObject, name)))], _omitted);
        foreach ((string name, DataValue value) in ObjectFields.Of(Prefix, whole))
        {
            Declare(name);
            Add(name, t, value);
        }
    }

    /// <summary>The events of a file. Each key is a stream.</summary>
    private void AddMissedEvents()
    {
        string path = FilePath(MissedEvents!);
        foreach (MissedEvent missed in Logging.MissedEvents.Read(path, error => WriteError(ErrorRecords.Of(error, path))))
        {
            Try(
                () =>
                {
                    Declare(missed.Key);
                    Add(missed.Key, missed.Time, missed.Value);
                },
                missed.Key);
            if (_waiting.Count >= MostAtOnce)
            {
                Flush();
            }
        }
    }

    private void Declare(string name)
    {
        if (_declared.Add(name) && !Target.Channels.Any(channel => channel.Name == name))
        {
            Target.AddChannel(new LogChannel { Name = name, IsToCreate = true });
        }
    }

    private void Add(string channel, double t, DataValue value)
    {
        if (_waiting.Count == 0)
        {
            _since = TimeProvider.System.GetTimestamp();
        }

        bool hasArrivalTime = double.IsNaN(t);
        _future!.Note(channel, t);
        double time = hasArrivalTime ? UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) : t;
        _waiting.Add(new Entry(channel, hasArrivalTime, NextPosition(channel), time, value));
    }

    private long NextPosition(string channel) => _positions[channel] = _positions.GetValueOrDefault(channel) + 1;

    private void Flush()
    {
        Entry[] entries = [.. _waiting];
        _waiting.Clear();
        if (entries.Length == 0)
        {
            return;
        }

        // Where nothing after an invalid datapoint may be written, the order between the channels matters, but only if there is one.
        Entry[][] byChannel = [.. entries.GroupBy(entry => (entry.Channel, entry.HasArrivalTime), (_, group) => group.ToArray())];
        if (!StopsAtError)
        {
            Write(byChannel, OnInvalid.RejectInvalid);
        }
        else if (byChannel.Length == 1 || !TryWriteAll(byChannel))
        {
            Write(byChannel.Length == 1 ? byChannel : Array.ConvertAll(entries, entry => new[] { entry }), OnInvalid.StopAtInvalid);
        }
    }

    private bool TryWriteAll(Entry[][] blocks)
    {
        try
        {
            Write(blocks, OnInvalid.RejectAll);
            return true;
        }
        catch (CdbException error) when (error is IDatapointFault or NotFoundException)
        {
            return false;
        }
    }

    private void Write(Entry[][] blocks, OnInvalid onInvalid)
    {
        LogBlock[] batch = Array.ConvertAll(blocks, entries => new LogBlock(entries[0].Channel, PointsOf(entries)) { HasArrivalTimes = entries[0].HasArrivalTime });
        IReadOnlyList<LogResult> results = Target.Write(batch, onInvalid);
        _stored += results.Sum(result => result.Count);
        for (int i = 0; i < batch.Length; i++)
        {
            foreach (RejectedDatapoint rejected in results[i].Rejected)
            {
                Entry entry = blocks[i][rejected.Index];
                WriteError(ErrorRecords.Of(Rejected(rejected.Error, entry.Channel, entry.Position), batch[i].Points.At(rejected.Index)));
            }

            if (results[i].Error is { } error)
            {
                WriteError(ErrorRecords.Of(error, batch[i].Channel));
            }
        }
    }

    private CdbException Rejected(CdbException error, string channel, long position)
        => Rejection.Describe(error, channel, position, StopsAtError ? _stored : null, _positions[channel] == 1);

    private static Block PointsOf(Entry[] entries)
    {
        BlockBuilder points = new(entries.Length);
        foreach (Entry entry in entries)
        {
            points.Add(entry.T, entry.Value);
        }

        return points.Build();
    }

    /// <param name="Position">Among those of the channel, from 1.</param>
    private readonly record struct Entry(string Channel, bool HasArrivalTime, long Position, double T, DataValue Value);
}
