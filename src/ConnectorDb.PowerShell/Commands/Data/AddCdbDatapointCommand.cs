using System.Collections;
using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>Appends values, datapoints, or properties of objects to streams; what has no time gets that of its arrival.</summary>
[Cmdlet(VerbsCommon.Add, "CdbDatapoint", SupportsShouldProcess = true)]
[OutputType(typeof(AppendResult))]
public sealed class AddCdbDatapointCommand : ConnectedCdbCmdlet
{
    private readonly Dictionary<string, Inlet?> _inlets = new(StringComparer.Ordinal);
    private DatapointReader _reader = new();
    private ProgressReport? _progress;
    private bool _isArgument;
    private bool _isOneStream;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName")]
    [PathArgument(CdbPathKind.Stream)]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public string Stream { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Value { get; set; }

    /// <summary>One time for all values, or one for each of the values of -Value.</summary>
    [Parameter]
    [UnixSecondsArgument]
    public double[]? Timestamp { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ValueProperty { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimestampProperty { get; set; }

    /// <summary>Datapoints older than the newest get its time instead of being refused.</summary>
    [Parameter]
    public SwitchParameter Restamp { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Begin()
    {
        base.Begin();
        _isArgument = Given(nameof(Value));
        _isOneStream = Given(nameof(Stream));
        _reader = new DatapointReader { ValueProperties = ValueProperty, TimestampProperty = TimestampProperty };
        _progress = new ProgressReport(this, "Adding datapoints");
    }

    protected override void Process()
    {
        object? given = Value is PSObject wrapped ? wrapped.BaseObject : Value;
        if (given is DatapointArrays arrays)
        {
            Take(arrays.Values, Timestamp is null ? arrays.Timestamps : TimesOf(arrays.Count));
        }
        else if (_isArgument && ValueProperty.Length == 0 && TimestampProperty is null && ColumnArray.TryRead(given) is { } column)
        {
            Take((Array)given!, TimesOf(column.Count));
        }
        else if (_isArgument && given is ICollection many and not IDictionary)
        {
            Take(many);
        }
        else
        {
            Take(Value, TimeOf(0, 1));
        }
    }

    protected override void End()
    {
        foreach (Inlet inlet in Inlets())
        {
            if (!inlet.IsClosed)
            {
                Store(inlet, inlet.Buffer.Flush);
            }

            if (PassThru)
            {
                WriteObject(new AppendResult(inlet.Buffer.Written, inlet.Buffer.Target));
            }
        }

        _progress?.Complete();
    }

    /// <summary>What was taken is stored, also when the pipeline was stopped.</summary>
    protected override void Dispose(bool disposing)
    {
        foreach (Inlet inlet in Inlets())
        {
            inlet.Buffer.Dispose();
        }

        base.Dispose(disposing);
    }

    private IEnumerable<Inlet> Inlets() => _inlets.Values.OfType<Inlet>().Distinct();

    private void Take(ICollection many)
    {
        int at = 0;
        foreach (object? item in many)
        {
            Take(item, TimeOf(at++, many.Count));
        }
    }

    /// <summary>Takes arrays of numbers or booleans as they are, without looking at each value.</summary>
    private void Take(Array values, double[] times)
    {
        if (ColumnArray.TryRead(values) is not { } column)
        {
            for (int i = 0; i < times.Length; i++)
            {
                Take(values.GetValue(i), times[i]);
            }
        }
        else if (InletOf() is { IsClosed: false } inlet)
        {
            Store(inlet, () => inlet.Buffer.Add(new Block(times, column)));
        }
    }

    private double[] TimesOf(int count)
        => Timestamp?.Length == count ? Timestamp : count == 0 ? [] : [.. Enumerable.Repeat(TimeOf(0, count), count)];

    private double TimeOf(int index, int count) => Timestamp?.Length switch
    {
        null => double.NaN,
        1 => Timestamp[0],
        var times when times == count => Timestamp[index],
        var times => throw new InvalidValueException($"There are {times} times for {count} values; give one time for all, or one for each.", Timestamp),
    };

    private void Take(object? item, double given)
    {
        if (InletOf() is { IsClosed: false } inlet && TryRead(item, inlet, out double own, out DataValue value))
        {
            Store(inlet, double.IsNaN(given) ? own : given, value);
            _progress!.Step("datapoints");
        }
    }

    private Inlet? InletOf()
    {
        if (!_inlets.TryGetValue(Stream, out Inlet? inlet))
        {
            inlet = Open();
            _inlets.Add(Stream, inlet);
        }

        return inlet;
    }

    /// <summary>The way into the stream; null when there is none, which is said here, once.</summary>
    private Inlet? Open()
    {
        if (_isOneStream)
        {
            return Demand(Find, Stream);
        }

        Inlet? found = null;
        Try(() => found = Find(), Stream);
        return found;
    }

    private Inlet? Find()
    {
        CdbPath path = Resolve(Stream, CdbPathKind.Stream);
        if (Inlets().FirstOrDefault(open => open.Path == path) is { } same)
        {
            return same;
        }

        string schema = Answer.Of(Client.GetStreamAsync(path.ToStream(), Cancellation)).Schema;
        return ShouldProcess(path.ToString(), "Add datapoints")
            ? new Inlet(path, new AppendBuffer(Client, path, Restamp), TextNumbers.Of(schema))
            : null;
    }

    private bool TryRead(object? item, Inlet inlet, out double t, out DataValue value)
    {
        try
        {
            (t, value, _) = _reader.Read(item);
            value = inlet.Texts.Read(value);
            return true;
        }
        catch (InvalidValueException error)
        {
            WriteError(ErrorRecords.Of(error, item));
            (t, value) = (0, default);
            return false;
        }
    }

    private void Store(Inlet inlet, double t, DataValue value)
    {
        try
        {
            inlet.Buffer.Add(t, value);
        }
        catch (CdbException error)
        {
            Fail(inlet, error);
        }

        Report(inlet);
    }

    private void Store(Inlet inlet, Action store)
    {
        try
        {
            store();
        }
        catch (CdbException error)
        {
            Fail(inlet, error);
        }

        Report(inlet);
    }

    /// <summary>Says which datapoints were refused.</summary>
    private void Report(Inlet inlet)
    {
        while (inlet.Buffer.TryGetRejection(out Rejection? rejection))
        {
            ErrorRecord record = ErrorRecords.Of(rejection.Error, rejection.Point);
            record.ErrorDetails = new ErrorDetails($"Datapoint {rejection.Position} for '{inlet.Path}' was not stored. {rejection.Reason}");
            WriteError(record);
        }
    }

    /// <summary>The stream takes no more. With one stream that is the end; with several, the others go on.</summary>
    private void Fail(Inlet inlet, CdbException error)
    {
        inlet.IsClosed = true;
        ErrorRecord record = ErrorRecords.Of(error, Stream);
        record.ErrorDetails = new ErrorDetails($"{error.Message} {inlet.Buffer.Unstored:N0} datapoints for '{inlet.Path}' were not stored.");
        if (_isOneStream)
        {
            ThrowTerminatingError(record);
        }

        WriteError(record);
    }

    /// <summary>The way into one stream.</summary>
    private sealed class Inlet(CdbPath path, AppendBuffer buffer, TextNumbers texts)
    {
        public CdbPath Path { get; } = path;

        public AppendBuffer Buffer { get; } = buffer;

        public TextNumbers Texts { get; } = texts;

        public bool IsClosed { get; set; }
    }
}
