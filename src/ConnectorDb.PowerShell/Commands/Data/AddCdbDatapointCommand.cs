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
public sealed partial class AddCdbDatapointCommand : ConnectedCdbCmdlet
{
    private BufferedAppend? _buffer;
    private StreamTargets? _streams;
    private StreamTexts? _texts;
    private PipelineDatapointReader _reader = new();
    private TimestampParser? _parser;
    private Action<PipelineRow, double>? _add;
    private Action<PipelineRow, string>? _refuse;
    private ProgressReport? _progress;
    private OmittedMembers? _omitted;
    private FutureTimes? _future;
    private TimesArgument? _times;
    private bool _isArgument;
    private bool _isOneStream;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
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
    [ArgumentCompleter(typeof(TimeCompleter))]
    public object? Timestamp { get; set; }

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    public string[] ValueProperty { get; set; } = [];

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    public string? TimestampProperty { get; set; }

    /// <summary>The formats of times as text. The first that fits counts.</summary>
    [Parameter]
    [NonEmpty]
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
        _parser = TimestampParsers.Of(TimestampFormat, TimeZone, Culture);
        _times = new TimesArgument(nameof(Timestamp), Timestamp, _parser);
        _reader = new PipelineDatapointReader { ValueProperties = ValueProperty, TimestampProperty = TimestampProperty, Times = _parser, Omitted = _omitted, Warn = Warn, NamesStream = !_isOneStream };
        _progress = new ProgressReport(this, "Adding datapoints");
        _buffer = new BufferedAppend(Client, Restamp, StopsAtError, isTrial: IsTrial) { Stored = (stream, times) => _future.Note(stream, times.Span), KeepsFaults = PassThru };
        _texts = new StreamTexts(Client, Cancellation);
        _add = Add;
        _refuse = (row, reason) => Skip(row.Point.Refused(reason, row.Item), row.Stream, row.Item);
        _streams = new StreamTargets(name => Resolve(name, CdbPathKind.Stream), Open, Refuse);
    }

    protected override void Process()
    {
        object? given = Value is PSObject wrapped ? wrapped.BaseObject : Value;
        if (!_isArgument && given is CdbStream piped)
        {
            throw NotAValue(piped);
        }

        if (given is DatapointArrays arrays)
        {
            Take(arrays.Values, _times!.IsGiven ? _times.Of(arrays.Count) : TimesOf(arrays));
        }
        else if (_isArgument && Timestamp is not ICollection && ArrayArgument.Of(given) is { } one && ArrayArgument.IsOneValue(one, SchemaOfStream))
        {
            Take(Value, _times!.At(0, 1));
        }
        else if (_isArgument && ValueProperty.Length == 0 && TimestampProperty is null && ColumnArray.TryRead(given) is { } column)
        {
            Take((Array)given!, _times!.Of(column.Count));
        }
        else if (_isArgument && ArrayArgument.Of(given) is { } many)
        {
            Take(many);
        }
        else
        {
            Take(Value, _times!.At(0, 1));
        }
    }

    protected override void End()
    {
        _streams!.CompleteRows();
        Flush();
        if (ShowsErrors && !IsTrial)
        {
            _streams.WarnOfRefused(Warn);
        }

        _omitted!.Complete();
        _future!.Complete((stream, now) => $"If that is a mistake, take them back: Remove-CdbDatapoint {stream} -After {now}");
        if (PassThru && !IsTrial)
        {
            foreach (StreamTarget stream in _streams!.All)
            {
                WriteObject(stream.Buffer.Result);
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
            if (Cancellation.IsCancellationRequested)
            {
                _streams?.WarnOfStop(Warn);
            }
        }

        base.Dispose(disposing);
    }

    private TextNumbers? SchemaOfStream() => _streams!.Of(Stream)?.Texts;

    private void Take(ICollection many)
    {
        int at = 0;
        foreach (object? item in many)
        {
            Take(item, _times!.At(at++, many.Count));
        }
    }

    private static double[] TimesOf(DatapointArrays arrays)
    {
        int none = Array.FindIndex(arrays.Timestamps, double.IsNaN);
        return none < 0 ? arrays.Timestamps
            : throw new InvalidValueException($"Timestamp {none + 1} of the arrays is NaN, which is not a time. Give unix seconds.", arrays);
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
        else if (_streams!.Of(Stream) is { } stream && !Discards(stream, times.Length) && _buffer!.Add(stream.Buffer, new Block(times, column)))
        {
            Flush();
        }
    }

    private void Take(object? item, double given)
    {
        if (_streams!.Of(Stream) is not { } stream || Discards(stream, 1) || !TryRead(item, stream, out PipelinePoint point))
        {
            return;
        }

        PipelinePoint timed = double.IsNaN(given) ? point : point with { T = given, Time = null };
        timed.AddTo(stream.Rows, new PipelineRow(stream, timed, item));
    }

    /// <summary>True for a stream that takes no more datapoints; its error is reported at once.</summary>
    private bool Discards(StreamTarget stream, int count)
    {
        if (stream.Buffer.Error is null)
        {
            return false;
        }

        stream.Buffer.Discard(count);
        Report();
        return true;
    }

    private void Add(PipelineRow row, double t)
    {
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

    private StreamTarget? Open(CdbPath path)
    {
        // With many streams, a missing one is reported when it is written, so that the pipeline needs no request per stream.
        TextNumbers? texts = _isOneStream || IsTrial ? _texts!.Of(path) : null;
        return ShouldProcess(path.ToString(), "Add datapoints") || IsTrial ? new StreamTarget(_buffer!.Open(path), new(_parser!, _add!, _refuse!)) { Texts = texts } : null;
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
            _streams!.Close(Stream);
        }

        point = default;
        return false;
    }

    private void Flush()
    {
        Await.Completion(_buffer!.FlushAsync());
        StreamListing.NoteChange();
        Report();
    }
}
