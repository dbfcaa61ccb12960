using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Buffering;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Display;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.PowerShell.Values;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>Appends values, datapoints, or properties of objects to streams; those without a time get the time of arrival.</summary>
[Cmdlet(VerbsCommon.Add, "CdbDatapoint", SupportsShouldProcess = true)]
[OutputType(typeof(AppendResult))]
public sealed class AddCdbDatapointCommand : ConnectedCdbCmdlet
{
    private readonly Dictionary<string, StreamTarget?> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<CdbPath, StreamTarget> _byPath = [];
    private BufferedAppend? _buffer;
    private StreamTexts? _texts;
    private StreamTarget? _last;
    private string? _lastName;
    private PipelineDatapointReader _reader = new();
    private TimestampRows<Row>? _rows;
    private ProgressReport? _progress;
    private OmittedMembers? _omitted;
    private FutureTimes? _future;
    private double[]? _times;
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
    public object? Timestamp { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ValueProperty { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimestampProperty { get; set; }

    /// <summary>The formats of times as text. The first that fits counts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TimestampFormatCompleter))]
    public string[]? TimestampFormat { get; set; }

    /// <summary>The zone of times without an offset.</summary>
    [Parameter]
    [TimeZoneArgument]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo? TimeZone { get; set; }

    /// <summary>The culture of dates such as 03/04/2026.</summary>
    [Parameter]
    [CultureArgument]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public CultureInfo? Culture { get; set; }

    /// <summary>Gives datapoints older than the newest the time of the newest, instead of rejecting them.</summary>
    [Parameter]
    public SwitchParameter Restamp { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Begin()
    {
        base.Begin();
        _isArgument = Given(nameof(Value));
        _isOneStream = Given(nameof(Stream));
        _omitted = new OmittedMembers(Warn);
        _future = new FutureTimes(Warn);
        TimestampParser times = TimestampParsers.Of(TimestampFormat, TimeZone, Culture);
        if (!UnixSecondsArgumentAttribute.TryRead(Timestamp, times, out _times, out string? reason))
        {
            throw new ArgumentTextException(nameof(Timestamp), reason!, Timestamp);
        }

        _reader = new PipelineDatapointReader { ValueProperties = ValueProperty, TimestampProperty = TimestampProperty, Times = times, Omitted = _omitted, Warn = Warn };
        _rows = new TimestampRows<Row>(times, Add, (row, reason) => Skip(row.Point.Refused(reason, row.Item), row.Stream, row.Item));
        _progress = new ProgressReport(this, "Adding datapoints");
        _buffer = new BufferedAppend(Client, Restamp, StopsAtError);
        _texts = new StreamTexts(Client, Cancellation);
    }

    protected override void Process()
    {
        object? given = Value is PSObject wrapped ? wrapped.BaseObject : Value;
        if (given is DatapointArrays arrays)
        {
            Take(arrays.Values, _times is null ? arrays.Timestamps : TimesOf(arrays.Count));
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
        _rows!.Complete();
        Flush();
        _omitted!.Complete();
        _future!.Complete((stream, now) => $"If that is a mistake, take them back: Remove-CdbDatapoint {stream} -After {now}");
        if (PassThru)
        {
            foreach (StreamTarget stream in _byPath.Values)
            {
                WriteObject(new AppendResult(stream.Buffer.Written, stream.Buffer.Target));
            }
        }

        _progress?.Complete();
    }

    /// <summary>Stores the buffered datapoints, also when the pipeline was stopped.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _buffer is not null)
        {
            // Rows that still wait for the order of others are not stored after Ctrl+C: their times are not known.
            Await.Completion(_buffer.DisposeAsync());
        }

        base.Dispose(disposing);
    }

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
        else if (TargetOf() is { Buffer.Error: null } stream)
        {
            _future!.Note(stream.Buffer.Path, times);
            if (_buffer!.Add(stream.Buffer, new Block(times, column)))
            {
                Flush();
            }
        }
    }

    private double[] TimesOf(int count)
        => _times?.Length == count ? _times : count == 0 ? [] : [.. Enumerable.Repeat(TimeOf(0, count), count)];

    private double TimeOf(int index, int count) => _times?.Length switch
    {
        null => double.NaN,
        1 => _times[0],
        var times when times == count => _times[index],
        var times => throw new InvalidValueException($"There are {times} times for {count} values; give one time for all, or one for each.", _times),
    };

    private void Take(object? item, double given)
    {
        if (TargetOf() is not { Buffer.Error: null } stream || !TryRead(item, stream, out PipelinePoint point))
        {
            return;
        }

        Row row = new(stream, point, item);
        if (double.IsNaN(given))
        {
            point.AddTo(_rows!, row);
        }
        else
        {
            _rows!.Add(given, row);
        }
    }

    private void Add(Row row, double t)
    {
        _future!.Note(row.Stream.Buffer.Path, t);
        if (_buffer!.Add(row.Stream.Buffer, t, row.Point.Value))
        {
            Flush();
        }
        else
        {
            Report();
        }

        _progress!.Step("datapoints");
    }

    private StreamTarget? TargetOf()
    {
        if (ReferenceEquals(Stream, _lastName))
        {
            return _last;
        }

        if (!_streams.TryGetValue(Stream, out StreamTarget? stream))
        {
            stream = Open();
            _streams.Add(Stream, stream);
        }

        (_lastName, _last) = (Stream, stream);
        return stream;
    }

    /// <summary>Opens the stream; null when it cannot be opened, which is reported once.</summary>
    private StreamTarget? Open()
    {
        if (_isOneStream)
        {
            return Demand(Find, Stream);
        }

        StreamTarget? found = null;
        Try(() => found = Find(), Stream);
        return found;
    }

    private StreamTarget? Find()
    {
        CdbPath path = Resolve(Stream, CdbPathKind.Stream);
        if (_byPath.TryGetValue(path, out StreamTarget? same))
        {
            return same;
        }

        // With many streams, a missing one is reported when it is written, so that the pipeline needs no request per stream.
        TextNumbers? texts = _isOneStream || MyInvocation.BoundParameters.ContainsKey("WhatIf") ? _texts!.Of(path) : null;
        return ShouldProcess(path.ToString(), "Add datapoints")
            ? _byPath[path] = new StreamTarget(_buffer!.Open(path)) { Texts = texts }
            : null;
    }

    private bool TryRead(object? item, StreamTarget stream, out PipelinePoint point)
    {
        try
        {
            point = _reader.Read(item);
            if (TextNumbers.HasText(point.Value))
            {
                stream.Texts ??= _texts!.Of(stream.Buffer.Path);
                point = point with { Value = stream.Texts.Read(point.Value) };
            }

            return true;
        }
        catch (InvalidValueException error)
        {
            Skip(error, stream, item);
        }
        catch (NotFoundException error)
        {
            WriteError(ErrorRecords.Of(error, Stream));
            _streams[Stream] = _last = null;
        }

        point = default;
        return false;
    }

    /// <summary>Reports an object that is no datapoint. If errors end the pipeline, the datapoints before it are stored first.</summary>
    private void Skip(InvalidValueException error, StreamTarget stream, object? item)
    {
        long? stored = null;
        if (StopsAtError)
        {
            _rows!.Complete();
            Flush();
            stored = _byPath.Values.Sum(each => each.Buffer.Written);
        }

        WriteError(ErrorRecords.Of(Rejection.Describe(error, stream.Buffer.Path, stream.Buffer.Skip(), stored, stream.Buffer.HasOnlyOne), item));
    }

    private void Flush()
    {
        Await.Completion(_buffer!.FlushAsync());
        StreamListing.NoteChange();
        Report();
    }

    /// <summary>Reports rejected datapoints and failed streams. A failure ends the cmdlet if there is one stream; with several, the others continue.</summary>
    private void Report()
    {
        while (_buffer!.TryGetError(out BufferedError? error))
        {
            StreamBuffer stream = error.Streams[0];
            if (error.Point is { } point)
            {
                WriteError(ErrorRecords.Of(error.Error, point));
                continue;
            }

            ErrorRecord failure = ErrorRecords.Of(error.Error, _isOneStream ? Stream : stream.Path.ToString());
            string streams = error.Streams.Count == 1 ? $"'{stream.Path}'" : $"{error.Streams.Count:N0} streams";
            failure.ErrorDetails = new ErrorDetails($"{error.Error.Message} {error.Streams.Sum(each => each.Unstored):N0} datapoints for {streams} were not stored.");
            if (_isOneStream)
            {
                ThrowTerminatingError(failure);
            }

            WriteError(failure);
        }
    }

    /// <summary>An open stream.</summary>
    private sealed class StreamTarget(StreamBuffer buffer)
    {
        public StreamBuffer Buffer { get; } = buffer;

        /// <summary>Converts texts by the schema of the stream; null until the first text.</summary>
        public TextNumbers? Texts { get; set; }
    }

    /// <summary>A datapoint whose time may have to wait for those after it.</summary>
    private readonly record struct Row(StreamTarget Stream, PipelinePoint Point, object? Item);
}
