using System.Collections;
using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Values;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <content>Values of one stream or of several.</content>
public sealed partial class WriteCdbLogCommand
{
    private readonly Dictionary<string, TextNumbers?> _texts = new(StringComparer.Ordinal);

    private void AddValues()
    {
        foreach (object? value in MyInvocation.ExpectingInput ? [Value] : Several(Stream!, Value))
        {
            try
            {
                PipelinePoint point = Read(Stream!, value);
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

    /// <summary>Writes an object that names its stream: a datapoint that was read, or the row of a table with the columns Stream and Value.</summary>
    private bool TryAddRow()
    {
        if (Property.Length > 0 || PowerShellObject.Unwrap(InputObject) is not (PSCustomObject or Datapoint)
            || !Members.TryGet(InputObject, "Stream", out object? name) || $"{name}" is not { Length: > 0 } stream)
        {
            return false;
        }

        DatapointMembers members = new() { NamesStream = true };
        members.Read([.. Members.Names(InputObject).Select(each => KeyValuePair.Create<string, object?>(each, Members.Get(InputObject, each)))]);
        if (!members.AreDatapoint)
        {
            return false;
        }

        PipelinePoint point = _tableReader.ReadOne(InputObject);
        Add(stream, _time ?? point.T, TextNumbers.HasText(point.Value) && SchemaOf(stream) is { } texts ? texts.Read(point.Value) : point.Value);
        return true;
    }

    /// <summary>Writes the values of several streams in one transaction: all or nothing.</summary>
    private void AddEntry(IDictionary entry)
    {
        List<KeyValuePair<string, object?>> streams = PowerShellValue.Entries(entry);
        if (streams.Count == 0)
        {
            Warn("The hashtable is empty, so nothing was written. Give a value for each stream, such as @{ temperature = 21.5 }.");
            return;
        }

        DatapointMembers members = new();
        members.Read(streams);
        if (members.AreDatapoint)
        {
            throw new InvalidValueException("The hashtable is a datapoint, and not the values of several streams. Give its stream as -Stream.", entry);
        }

        LogBlock[] batch = [.. streams.Select(stream => new LogBlock(stream.Key, PointsOf(stream.Key, stream.Value)))];
        IReadOnlyList<LogResult> results = Target.Write(batch, OnInvalid.RejectAll);
        for (int i = 0; i < batch.Length; i++)
        {
            OperationTrace.Current?.Add(LogText.Of(batch[i], results[i].Count));
            _future!.Note(batch[i].Channel, batch[i].Points.Times.Span);
        }
    }

    /// <summary>The datapoints of a stream; NaN as a time means the time of the write.</summary>
    private Block PointsOf(string stream, object? given)
    {
        BlockBuilder points = new(1);
        TimestampRows<(PipelinePoint Point, object? Item)> rows = new(
            _reader.Times, (row, t) => points.Add(_time ?? t, row.Point.Value), (row, reason) => throw row.Point.Refused(reason, row.Item));
        foreach (object? value in Several(stream, given))
        {
            PipelinePoint point = Read(stream, value);
            point.AddTo(rows, (point, value));
        }

        rows.Complete();
        return points.Build();
    }

    /// <summary>The elements of an array, or the array where the schema allows only arrays.</summary>
    private IEnumerable<object?> Several(string stream, object? given)
        => ArrayArgument.Of(given) is { } items && !ArrayArgument.IsOneValue(items, () => SchemaOf(stream)) ? items.Cast<object?>() : [given];

    /// <summary>Reads a value. Numbers and booleans of a table are text and are converted as the schema of the stream demands.</summary>
    private PipelinePoint Read(string stream, object? value)
    {
        PipelinePoint point = _reader.Read(value);
        return TextNumbers.HasText(point.Value) && SchemaOf(stream) is { } texts ? point with { Value = texts.Read(point.Value) } : point;
    }

    private TextNumbers? SchemaOf(string stream)
        => _texts.TryGetValue(stream, out TextNumbers? known) ? known : _texts[stream] = TextNumbersOf(stream);

    private TextNumbers? TextNumbersOf(string stream)
        => Target.Channels.FirstOrDefault(channel => channel.Name == stream)?.Definition?.Schema is { } schema ? TextNumbers.Of(schema) : null;

    /// <summary>Reports an object that is no datapoint. If errors end the pipeline, the datapoints before it are written first.</summary>
    private void Reject(InvalidValueException error, object? item)
    {
        if (StopsAtError)
        {
            _rows!.Complete();
            _entries!.Flush();
        }

        WriteError(ErrorRecords.Of(_entries!.Reject(error, Stream!), item));
    }
}
