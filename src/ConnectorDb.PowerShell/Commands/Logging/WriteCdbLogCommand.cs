using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Writes values, objects or points to a logger. They are on disk when the command returns.</summary>
[Cmdlet(VerbsCommunications.Write, "CdbLog", DefaultParameterSetName = ValueSet)]
[OutputType(typeof(void))]
public sealed class WriteCdbLogCommand : LoggerCdbCmdlet
{
    private const string ValueSet = "Value";
    private const string ObjectSet = "Object";
    private const string PointSet = "Point";
    private const int MostAtOnce = 4096;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMilliseconds(100);
    private readonly Dictionary<(string Channel, bool HasArrivalTimes), BlockBuilder> _waiting = [];
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly PipelineDatapointReader _reader = new();
    private int _count;
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

    [Parameter]
    [TimeArgument]
    public DateTimeOffset? Timestamp { get; set; }

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
            default:
                AddValues();
                break;
        }

        if (_count >= MostAtOnce || TimeProvider.System.GetElapsedTime(_since) > s_longestWait)
        {
            Flush();
        }
    }

    protected override void End() => Flush();

    /// <summary>Writes the buffered values after Ctrl+C.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _count > 0)
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
            (double t, DataValue data, _) = _reader.Read(value);
            Add(Stream!, TimeOf(Timestamp) ?? t, data);
        }
    }

    /// <summary>A point without the fields that cannot be stored, each of which is an error.</summary>
    private void AddPoint()
    {
        List<KeyValuePair<string, DataValue>> fields = [];
        foreach (DictionaryEntry entry in Field ?? new Hashtable())
        {
            string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            Try(() => fields.Add(new(name, PowerShellValue.Read(entry.Value))), name);
        }

        if (fields.Count > 0 || Field is not { Count: > 0 })
        {
            LogPoint point = new(new DataObject([.. fields]), NamedFields.Of(Tag));
            foreach (RejectedField rejected in Target.WritePoints(Measurement!, [(TimeOf(Timestamp) ?? double.NaN, point)], OnInvalid.RejectInvalid))
            {
                WriteError(ErrorRecords.Of(rejected.Error, rejected.Field));
            }
        }
    }

    /// <summary>A datapoint for each simple value in the object, all of one time.</summary>
    private void AddObject()
    {
        double t = TimeOf(Timestamp ?? TimeProvider.System.GetUtcNow())!.Value;
        DataValue whole = Property.Length == 0
            ? WholeObject.Read(InputObject)
            : DataValue.From(new DataObject([.. Property.Select(name => new KeyValuePair<string, DataValue>(name, PowerShellValue.Read(Members.Get(InputObject, name))))]));
        foreach ((string name, DataValue value) in ObjectFields.Of(Prefix, whole))
        {
            if (_declared.Add(name) && !Target.Channels.Any(channel => channel.Name == name))
            {
                Target.AddChannel(new LogChannel { Name = name, IsToCreate = true });
            }

            Add(name, t, value);
        }
    }

    private void Add(string channel, double t, DataValue value)
    {
        if (_count++ == 0)
        {
            _since = TimeProvider.System.GetTimestamp();
        }

        bool hasArrivalTime = double.IsNaN(t);
        if (!_waiting.TryGetValue((channel, hasArrivalTime), out BlockBuilder? points))
        {
            _waiting[(channel, hasArrivalTime)] = points = new BlockBuilder();
        }

        points.Add(hasArrivalTime ? UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) : t, value);
    }

    private static double? TimeOf(DateTimeOffset? time) => time is { } given ? UnixTime.FromDateTimeOffset(given) : null;

    private void Flush()
    {
        LogBlock[] batch = [.. _waiting.Where(each => each.Value.Count > 0)
            .Select(each => new LogBlock(each.Key.Channel, each.Value.Build()) { HasArrivalTimes = each.Key.HasArrivalTimes })];
        _count = 0;
        IReadOnlyList<LogResult> results = batch.Length == 0 ? [] : Target.Write(batch, OnInvalid.RejectInvalid);
        for (int i = 0; i < batch.Length; i++)
        {
            foreach (RejectedDatapoint rejected in results[i].Rejected)
            {
                WriteError(ErrorRecords.Of(rejected.Error, batch[i].Points.At(rejected.Index)));
            }

            if (results[i].Error is { } error)
            {
                WriteError(ErrorRecords.Of(error, batch[i].Channel));
            }
        }
    }
}
