using System.Runtime.ExceptionServices;
using System.Text;
using ConnectorDb.Timestamps;
using nietras.SeparatedValues;

namespace ConnectorDb.Core.Csv;

/// <summary>Reads the rows of a file into the columns of its streams, a chunk at a time.</summary>
internal sealed class CsvRows : IDisposable
{
    /// <summary>Rows of a chunk, which are appended in one transaction.</summary>
    public const int MostRows = 131_072;

    private const long MostText = 4_000_000;
    private readonly CsvSource _source;
    private readonly CsvFormat _format;
    private readonly CsvColumns _columns;
    private readonly FileStream _file;
    private readonly StreamReader _text;
    private readonly CsvRowReader _reader;
    private readonly TimestampParser _parser;
    private readonly TimestampRows<WaitingRow?> _times;
    private readonly Func<string, CsvTarget?> _targetOf;
    private readonly IReadOnlyList<CsvTarget> _targets;
    private readonly string _header;
    private readonly bool _isSorted;
    private readonly StringBuilder _joined = new();
    private CsvChunk _chunk = new();
    private ExceptionDispatchInfo? _failure;

    /// <param name="targets">The streams of the value columns; empty when a column has the names of streams.</param>
    /// <param name="targetOf">The stream of a name in that column; null when it is not known yet.</param>
    public CsvRows(CsvSource source, CsvFormat format, CsvColumns columns, TimestampParser parser, IReadOnlyList<CsvTarget> targets, Func<string, CsvTarget?> targetOf, CsvRowOrder order)
    {
        _isSorted = order.IsSorted;
        _source = source;
        _format = format;
        _columns = columns;
        _parser = parser;
        _targets = targets;
        _targetOf = targetOf;
        _header = string.Join('\n', format.Names);
        _times = new TimestampRows<WaitingRow?>(parser, Accept, Refuse, order.IsDescending);
        (_text, _file) = source.Read();
        int skipped = format.FirstLine - 1;
        for (int i = 0; i < skipped; i++)
        {
            _text.ReadLine();
        }

        _reader = Try(() => new CsvRowReader(_text, format.Delimiter, skipped));
    }

    /// <summary>The part of the file that was read, 0 to 1.</summary>
    public double Share => _file.Length == 0 ? 1 : (double)_file.Position / _file.Length;

    /// <summary>The name of the stream that must be found before the next chunk; null when there is none.</summary>
    public string? UnknownStream { get; private set; }

    /// <summary>The content of a field, without quotes.</summary>
    public static string Unquote(ReadOnlySpan<char> field)
        => field.Length > 1 && field[0] == '"' && field[^1] == '"'
            ? field[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal)
            : field.ToString();

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

    public void Dispose()
    {
        _reader.Dispose();
        _text.Dispose();
        _file.Dispose();
    }

    /// <summary>Moves to the next row. A failure is thrown after the rows before it were returned.</summary>
    private bool TryMoveNext()
    {
        try
        {
            if (Try(_reader.MoveNext))
            {
                return true;
            }
        }
        catch (CdbException error) when (_chunk.Rows > 0)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
        }

        Complete();
        return false;
    }

    private void Complete()
    {
        if (_times.Waiting > 0)
        {
            _times.Complete();
        }
    }

    private void AddCurrent()
    {
        SepReader.Row row = _reader.Current;
        if (row.Span.Trim().IsEmpty || row.Span.TrimStart()[0] == '#')
        {
            return;
        }

        if (FaultOf(row) is { } fault)
        {
            if (!IsHeader(row))
            {
                RejectCurrent(fault);
            }

            return;
        }

        if (_columns.Stream is { } names && _targetOf(Unquote(row[names].Span)) is null && !IsHeader(row))
        {
            UnknownStream = Unquote(row[names].Span);
            return;
        }

        ReadOnlySpan<char> time = TimeOf(row);
        if (!_parser.TryParse(time, out double first, out double second, out string? reason))
        {
            if (!IsHeader(row))
            {
                RejectCurrent($"{_format.Names[_columns.Time[0]]}: {reason}");
            }
        }
        else if (first == second)
        {
            _times.Add(first, null);
        }
        else
        {
            _times.Add(time, WaitingOf(row));
        }
    }

    private string? FaultOf(SepReader.Row row)
    {
        int expected = _format.Names.Count;
        ReadOnlySpan<char> last = row[row.ColCount - 1].Span;
        if (!last.IsEmpty && last[0] == '"' && (last.Length == 1 || last[^1] != '"'))
        {
            return "The row has a quote without an end.";
        }

        bool hasMore = false;
        for (int i = expected; i < row.ColCount; i++)
        {
            hasMore |= !row[i].Span.Trim().IsEmpty;
        }

        if (hasMore || row.ColCount < expected)
        {
            return $"The row has {row.ColCount} {(row.ColCount == 1 ? "column" : "columns")}, and the header has {expected}.";
        }

        // Without the time of day, a row would get the time of midnight.
        foreach (int column in _columns.Time)
        {
            if (_columns.Time.Count > 1 && WithoutQuotes(row[column].Span).Trim().IsEmpty)
            {
                return $"{_format.Names[column]}: it is empty, and the time needs both the date and the time of day.";
            }
        }

        return null;
    }

    /// <summary>True for a repetition of the header, as files have it that were joined.</summary>
    private bool IsHeader(SepReader.Row row)
    {
        string[] fields = new string[row.ColCount];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = Unquote(row[i].Span).Trim();
        }

        return string.Join('\n', fields) == _header;
    }

    private ReadOnlySpan<char> TimeOf(SepReader.Row row)
    {
        if (_columns.Time.Count == 1)
        {
            return WithoutQuotes(row[_columns.Time[0]].Span);
        }

        _joined.Clear();
        foreach (int column in _columns.Time)
        {
            _joined.Append(_joined.Length > 0 ? " " : "").Append(WithoutQuotes(row[column].Span).Trim());
        }

        return _joined.ToString();
    }

    private static ReadOnlySpan<char> WithoutQuotes(ReadOnlySpan<char> field)
        => field.Length > 1 && field[0] == '"' && field[^1] == '"' ? field[1..^1] : field;

    private WaitingRow WaitingOf(SepReader.Row row)
    {
        string[] fields = new string[row.ColCount];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = row[i].Span.ToString();
        }

        return new WaitingRow(_reader.Line, fields, row.Span.ToString());
    }

    private void RejectCurrent(string problem)
    {
        int row = _chunk.AddRow(_reader.Line);
        _chunk.Keep(row, _reader.Current.Span.ToString());
        _chunk.Reject(row, problem);
    }

    private void Refuse(WaitingRow? waiting, string reason)
    {
        int row = _chunk.AddRow(waiting!.Line);
        _chunk.Keep(row, waiting.Text);
        _chunk.Reject(row, $"{_format.Names[_columns.Time[0]]}: {reason}");
    }

    /// <summary>Takes the values of a row: of one that waited, or of the current one.</summary>
    private void Accept(WaitingRow? waiting, double t)
    {
        int row = _chunk.AddRow(waiting?.Line ?? _reader.Line);
        if (_columns.Stream is { } names)
        {
            string name = Unquote(waiting is null ? _reader.Current[names].Span : waiting.Fields[names]);
            Accept(waiting, t, row, _targetOf(name)!, _columns.Values[0]);
            return;
        }

        for (int i = 0; i < _targets.Count; i++)
        {
            Accept(waiting, t, row, _targets[i], _columns.Values[i]);
        }
    }

    private void Accept(WaitingRow? waiting, double t, int row, CsvTarget target, int column)
    {
        ReadOnlySpan<char> field = waiting is null ? _reader.Current[column].Span : waiting.Fields[column];
        if (target.Fields.TryRead(field, out DataValue value, out string? problem))
        {
            if (t < target.Last && !_isSorted)
            {
                Reject(waiting, row, $"{target.Column}: the time is before that of the row before.");
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
            _chunk.Keep(row, waiting?.Text ?? _reader.Current.Span.ToString());
        }
    }

    /// <summary>The line of the last row; 0 while the reader reads its first characters.</summary>
    private long LastLine => _reader?.Line ?? 0;

    private T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException)
        {
            throw CsvSource.NotDecoded(_source.Path, _source.Encoding, LastLine);
        }
        catch (NotSupportedException)
        {
            throw new InvalidValueException(
                $"'{_source.Path}' has a row after line {LastLine} that is longer than 16 million characters. A quote probably has no end there: correct the file, and import it again, which goes on from there.",
                _source.Path);
        }
        catch (IOException error)
        {
            throw new FileAccessException($"'{_source.Path}' cannot be read after line {LastLine}. {error.Message}", _source.Path, error);
        }
    }

    /// <summary>A row whose time depends on the next rows.</summary>
    private sealed record WaitingRow(long Line, string[] Fields, string Text);
}
