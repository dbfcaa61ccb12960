using System.Text;
using nietras.SeparatedValues;

namespace ConnectorDb.Core.Csv;

/// <summary>
/// Reads the rows of a text and counts their lines. Fields keep their quotes, and rows may have any length. A stray quote, such as in
/// <c>12" pipe</c>, would continue its row to the next quote, or to the end of the text: such a row is read again line by line.
/// </summary>
internal sealed class CsvRowReader : IDisposable
{
    private readonly char _delimiter;
    private readonly Stack<Part> _parts = [];
    private long _next;

    /// <param name="skippedLines">Lines before the text.</param>
    /// <exception cref="InvalidValueException">The delimiter cannot be one.</exception>
    public CsvRowReader(TextReader text, char delimiter, long skippedLines)
    {
        _delimiter = delimiter;
        _next = skippedLines + 1;
        Line = skippedLines;
        Begin(text, skippedLines, end: 0);
    }

    public SepReader.Row Current => _parts.Peek().Reader.Current;

    /// <summary>The first line of the row, from 1.</summary>
    public long Line { get; private set; }

    public bool MoveNext()
    {
        while (true)
        {
            Part part = _parts.Peek();
            if (!part.Reader.MoveNext())
            {
                if (_parts.Count == 1)
                {
                    return false;
                }

                _next = part.End;
                _parts.Pop().Reader.Dispose();
                continue;
            }

            // A row begins where the last one ended: the reader's own first line of a first row is wrong.
            Line = _next;
            _next = part.SkippedLines + Current.LineNumberToExcl;
            if (Current.Span.IndexOfAny('\r', '\n') < 0 || !HasStrayQuote(Current))
            {
                return true;
            }

            Split(Current.Span);
        }
    }

    public void Dispose()
    {
        foreach (Part part in _parts)
        {
            part.Reader.Dispose();
        }
    }

    /// <summary>True when a quote is neither around a field nor doubled in one.</summary>
    private static bool HasStrayQuote(SepReader.Row row)
    {
        for (int i = 0; i < row.ColCount; i++)
        {
            if (!IsWellQuoted(row[i].Span))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWellQuoted(ReadOnlySpan<char> field)
    {
        if (!field.Contains('"'))
        {
            return true;
        }

        field = field.Trim();
        if (field.Length < 2 || field[0] != '"' || field[^1] != '"')
        {
            return false;
        }

        field = field[1..^1];
        while (field.IndexOf('"') is var quote and >= 0)
        {
            if (quote + 1 >= field.Length || field[quote + 1] != '"')
            {
                return false;
            }

            field = field[(quote + 2)..];
        }

        return true;
    }

    /// <summary>Reads the first line of a row next, as a row of its own, and then the other lines.</summary>
    private void Split(ReadOnlySpan<char> row)
    {
        int end = row.IndexOfAny('\r', '\n');
        int rest = row[end..].StartsWith("\r\n") ? end + 2 : end + 1;
        string first = row[..end].ToString();
        Begin(new StringReader(row[rest..].ToString()), Line, _next);
        Begin(new StringReader(first), Line - 1, Line + 1);
        _next = Line;
    }

    /// <param name="end">The line after the text.</param>
    private void Begin(TextReader text, long skippedLines, long end)
    {
        try
        {
            SepReader reader = Sep.New(_delimiter).Reader(options => options with { HasHeader = false, DisableColCountCheck = true, Unescape = false }).From(text);
            _parts.Push(new Part(reader, skippedLines, end));
        }
        catch (ArgumentException error) when (error is not DecoderFallbackException)
        {
            throw new InvalidValueException($"'{_delimiter}' cannot separate columns. Give another -Delimiter, such as ';' or \"`t\".", _delimiter);
        }
    }

    /// <summary>A text, the lines before it, and the line after it.</summary>
    private sealed record Part(SepReader Reader, long SkippedLines, long End);
}
