using System.Runtime.ExceptionServices;
using ConnectorDb.Timestamps;
using nietras.SeparatedValues;

namespace ConnectorDb.Core.Csv;

/// <summary>Reads the rows of a file into the columns of its streams, a chunk at a time.</summary>
internal sealed class CsvRows : IDisposable
{
    /// <summary>Rows of a chunk, which are appended in one transaction.</summary>
    public const int MostRows = 131_072;

    private const long MostText = 4_000_000;
    private readonly CsvFormat _format;
    private readonly CsvColumns _columns;
    private readonly CsvText _text;
    private readonly CsvRowCheck _check;
    private readonly CsvRowTimes _times;
    private readonly CsvTargets _targets;
    private readonly bool _isSorted;
    private CsvChunk _chunk = new();
    private ExceptionDispatchInfo? _failure;

    public CsvRows(CsvSource source, CsvFormat format, CsvColumns columns, TimestampParser parser, CsvTargets targets, CsvRowOrder order)
    {
        _isSorted = order.IsSorted;
        _format = format;
        _columns = columns;
        _targets = targets;
        _check = new CsvRowCheck(format, columns);
        _times = new CsvRowTimes(columns, parser, Accept, Refuse, order.IsDescending);
        _text = new CsvText(source, format);
    }

    /// <summary>The part of the file that was read, 0 to 1.</summary>
    public double Share => _text.Share;

    /// <summary>A warning about the last line, after the last row; null when there is none.</summary>
    public string? EndWarning => _text.EndWarning;

    /// <summary>The name of the stream that must be found before the next chunk; null when there is none.</summary>
    public string? UnknownStream { get; private set; }

    /// <summary>Reads the next rows; null after the last.</summary>
    /// <exception cref="InvalidValueException">The text ends in the middle of a field, or is no text.</exception>
    public CsvChunk? Read(int mostRows, CancellationToken cancellation)
    {
        _chunk = new CsvChunk();
        bool isPending = UnknownStream is not null;
        UnknownStream = null;
        _failure?.Throw();
        while (_chunk.Rows < mostRows && (_isSorted || _chunk.Text < MostText))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!isPending && !TryMoveNext())
            {
                return _chunk.Rows > 0 ? _chunk : null;
            }

            isPending = false;
            AddCurrent();
            if (UnknownStream is not null)
            {
                break;
            }
        }

        return _chunk;
    }

    public void Dispose() => _text.Dispose();

    /// <summary>Moves to the next row. A failure is thrown after the rows before it were returned.</summary>
    private bool TryMoveNext()
    {
        try
        {
            if (_text.MoveNext())
            {
                return true;
            }
        }
        catch (CdbException error) when (_chunk.Rows > 0)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
        }

        _times.Complete();
        return false;
    }

    private void AddCurrent()
    {
        SepReader.Row row = _text.Current;
        if (CsvRowCheck.HasNoData(row))
        {
            return;
        }

        if (_check.FaultOf(row) is { } fault)
        {
            RejectCurrent(fault);
            return;
        }

        CsvTarget? stream = null;
        if (_columns.Stream is { } names)
        {
            string name = CsvField.Unquote(CsvField.Of(row, names));
            stream = _targets.Of(name);
            if (stream is null && !_check.IsHeader(row))
            {
                UnknownStream = name;
                return;
            }
        }

        if (!_times.TryAdd(row, _text.Line, stream, out string? reason))
        {
            RejectCurrent($"{_format.Names[_columns.Time[0]]}: {reason}");
        }
    }

    private void RejectCurrent(string problem)
    {
        if (!_check.IsHeader(_text.Current))
        {
            int row = _chunk.AddRow(_text.Line);
            _chunk.Keep(row, _text.Current.Span.ToString());
            _chunk.Reject(row, problem);
        }
    }

    private void Refuse(WaitingRow? waiting, string reason)
    {
        int row = _chunk.AddRow(waiting!.Line);
        _chunk.Keep(row, waiting.Text);
        _chunk.Reject(row, $"{_format.Names[_columns.Time[0]]}: {reason}");
    }

    /// <summary>Takes the values of a row: of one that waited, or of the current one.</summary>
    /// <param name="stream">The stream that the row names; null when each value column is a stream.</param>
    private void Accept(CsvTarget? stream, WaitingRow? waiting, double t)
    {
        int row = _chunk.AddRow(waiting?.Line ?? _text.Line);
        if (stream is not null)
        {
            Accept(waiting, t, row, stream, _columns.Values[0]);
            return;
        }

        for (int i = 0; i < _columns.Values.Count; i++)
        {
            Accept(waiting, t, row, _targets.All[i], _columns.Values[i]);
        }
    }

    private void Accept(WaitingRow? waiting, double t, int row, CsvTarget target, int column)
    {
        ReadOnlySpan<char> field = waiting is null ? CsvField.Of(_text.Current, column) : waiting.Fields[column];
        if (target.Fields.TryRead(field, out DataValue value, out string? problem))
        {
            if (t < target.Last && !_isSorted)
            {
                Reject(waiting, row, $"{target.Column}: the time is before that of the row before. With -Sort, rows may have any order.");
                return;
            }

            if (t <= target.NewestStored)
            {
                Keep(waiting, row);
            }

            _chunk.Text += value.IsNumber ? 0 : field.Length;
            target.Add(t, value, row);
        }
        else if (problem is not null)
        {
            Reject(waiting, row, $"{target.Column}: {problem}.");
        }
        else
        {
            _chunk.Missing++;
        }
    }

    private void Reject(WaitingRow? waiting, int row, string problem)
    {
        Keep(waiting, row);
        _chunk.Reject(row, problem);
    }

    private void Keep(WaitingRow? waiting, int row)
    {
        if (!_chunk.IsKept(row))
        {
            _chunk.Keep(row, waiting?.Text ?? _text.Current.Span.ToString());
        }
    }
}
