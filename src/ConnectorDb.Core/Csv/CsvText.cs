using System.Text;
using nietras.SeparatedValues;

namespace ConnectorDb.Core.Csv;

/// <summary>The rows of a file after its header. Failures say up to which line it was read.</summary>
internal sealed class CsvText : IDisposable
{
    private readonly CsvSource _source;
    private readonly FileStream _file;
    private readonly StreamReader _text;
    private readonly CsvRowReader _reader;
    private readonly int _skipped;

    public CsvText(CsvSource source, CsvFormat format)
    {
        _source = source;
        (_text, _file) = source.Read();
        _skipped = format.FirstLine - 1;
        for (int i = 0; i < _skipped; i++)
        {
            _text.ReadLine();
        }

        _reader = Try(() => new CsvRowReader(_text, format.Delimiter, _skipped));
    }

    public SepReader.Row Current => _reader.Current;

    /// <summary>The first line of the row, from 1.</summary>
    public long Line => _reader?.Line ?? _skipped;

    /// <summary>The part of the file that was read, 0 to 1.</summary>
    public double Share => _file.Length == 0 ? 1 : (double)_file.Position / _file.Length;

    /// <summary>A warning about the last line, after the last row; null when there is none.</summary>
    public string? EndWarning => _source.EndWarningOf(_file, Line);

    /// <exception cref="InvalidValueException">The text ends in the middle of a field, or is no text.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public bool MoveNext() => Try(_reader.MoveNext);

    public void Dispose()
    {
        _reader.Dispose();
        _text.Dispose();
        _file.Dispose();
    }

    private T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException)
        {
            throw CsvSource.NotDecoded(_source.Path, _source.Encoding, Line);
        }
        catch (NotSupportedException)
        {
            throw new InvalidValueException(
                $"'{_source.Path}' has a row after line {Line} that is longer than 16 million characters. A quote probably has no end there: correct the file, and import it again, which goes on from there.",
                _source.Path);
        }
        catch (IOException error)
        {
            throw new FileAccessException($"'{_source.Path}' cannot be read after line {Line}. {error.Message}", _source.Path, error);
        }
    }
}
