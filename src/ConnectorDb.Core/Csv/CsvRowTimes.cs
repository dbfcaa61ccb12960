using System.Text;
using ConnectorDb.Timestamps;
using nietras.SeparatedValues;

namespace ConnectorDb.Core.Csv;

/// <summary>
/// Gives rows their times. Rows of the hour that occurs twice wait for the rows after them: those of the same stream, where rows name
/// their streams. The next stream starts the hour anew, which is no change of the clocks.
/// </summary>
/// <param name="accept">Takes the stream of a row, the row if it has waited, and its time.</param>
/// <param name="refuse">Takes a row that has waited, and the reason.</param>
internal sealed class CsvRowTimes(CsvColumns columns, TimestampParser parser, Action<CsvTarget?, WaitingRow?, double> accept, Action<WaitingRow?, string> refuse, bool isDescending)
{
    private readonly Dictionary<CsvTarget, TimestampRows<WaitingRow?>> _byStream = [];
    private readonly StringBuilder _joined = new();
    private TimestampRows<WaitingRow?>? _last;
    private CsvTarget? _lastStream;

    /// <summary>Accepts a row, or keeps it until its time is known.</summary>
    /// <param name="stream">The stream that the row names; null when each value column is a stream.</param>
    /// <param name="reason">Why it has no time; null when it has one.</param>
    public bool TryAdd(SepReader.Row row, long line, CsvTarget? stream, out string? reason)
    {
        ReadOnlySpan<char> text = TextOf(row);
        if (!parser.TryParse(text, out double first, out double second, out reason))
        {
            return false;
        }

        TimestampRows<WaitingRow?> rows = RowsOf(stream);
        if (first == second)
        {
            rows.Add(first, null);
        }
        else
        {
            rows.Add(text, new WaitingRow(line, CsvField.AllOf(row), row.Span.ToString()));
        }

        return true;
    }

    /// <summary>Decides about the rows that wait, after the last row.</summary>
    public void Complete()
    {
        _last?.Complete();
        foreach (TimestampRows<WaitingRow?> rows in _byStream.Values)
        {
            rows.Complete();
        }
    }

    private TimestampRows<WaitingRow?> RowsOf(CsvTarget? stream)
    {
        if (_last is not null && ReferenceEquals(stream, _lastStream))
        {
            return _last;
        }

        if (stream is null || !_byStream.TryGetValue(stream, out TimestampRows<WaitingRow?>? rows))
        {
            rows = new TimestampRows<WaitingRow?>(parser, (row, t) => accept(stream, row, t), refuse, isDescending);
            if (stream is not null)
            {
                _byStream.Add(stream, rows);
            }
        }

        (_last, _lastStream) = (rows, stream);
        return rows;
    }

    private ReadOnlySpan<char> TextOf(SepReader.Row row)
    {
        if (columns.Time.Count == 1)
        {
            return CsvField.WithoutQuotes(CsvField.Of(row, columns.Time[0]));
        }

        _joined.Clear();
        foreach (int column in columns.Time)
        {
            _joined.Append(_joined.Length > 0 ? " " : "").Append(CsvField.WithoutQuotes(CsvField.Of(row, column)).Trim());
        }

        return _joined.ToString();
    }
}
