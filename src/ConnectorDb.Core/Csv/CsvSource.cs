using System.Text;

namespace ConnectorDb.Core.Csv;

/// <summary>A text file and its encoding, which a byte order mark or its first bytes show.</summary>
internal sealed class CsvSource
{
    private const int SampleBytes = 256 * 1024;
    private const int BufferBytes = 1 << 20;
    private const int Latin = 1252;

    private CsvSource(string path, Encoding encoding, string sample, bool isWhole)
    {
        Path = path;
        Encoding = encoding;
        Sample = sample;
        IsWhole = isWhole;
    }

    public string Path { get; }

    public Encoding Encoding { get; }

    /// <summary>The begin of the text, without a byte order mark.</summary>
    public string Sample { get; }

    /// <summary>True when the sample is the whole text.</summary>
    public bool IsWhole { get; }

    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    /// <exception cref="InvalidValueException">It is no text.</exception>
    public static CsvSource Open(string path, Encoding? given)
    {
        if (Directory.Exists(path))
        {
            throw new FileAccessException($"'{path}' is a folder. Give a file in it, or pipe its files: Get-ChildItem '{path}' -File | Import-CdbCsv.", path);
        }

        byte[] first = Try(path, () =>
        {
            using FileStream file = OpenFile(path);
            byte[] buffer = new byte[SampleBytes];
            int length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return buffer[..length];
        });
        if (first.Length == 0)
        {
            throw new InvalidValueException($"'{path}' is empty. Give a file with a row for each time.", path);
        }

        bool isWhole = first.Length < SampleBytes;
        Encoding encoding = Strict(MarkedEncoding(first) ?? given ?? EncodingOf(path, first, isWhole));
        return new CsvSource(path, encoding, Decode(path, first, encoding), isWhole);
    }

    /// <summary>A reader of the whole text, and its stream, whose position is the progress.</summary>
    public (StreamReader Text, FileStream File) Read() => Try(Path, () =>
    {
        FileStream file = OpenFile(Path);
        return (new StreamReader(file, Encoding, detectEncodingFromByteOrderMarks: true, BufferBytes / 16), file);
    });

    public static InvalidValueException NotDecoded(string path, Encoding encoding, long line) => new(
        $"'{path}' has bytes after line {line} that are no text in {encoding.WebName}. Give its encoding, such as -Encoding windows-1252.", path);

    private static FileStream OpenFile(string path) => new(path, new FileStreamOptions
    {
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.SequentialScan,
        BufferSize = BufferBytes,
    });

    private static T Try<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new FileAccessException($"'{path}' cannot be read. {error.Message}", path, error);
        }
    }

    private static Encoding EncodingOf(string path, byte[] first, bool isWhole)
    {
        if (first.AsSpan().StartsWith("PK\u0003\u0004"u8))
        {
            throw new InvalidValueException($"'{path}' is an archive, such as a workbook of Excel, and no text. Save it as a CSV file.", path);
        }

        if (first.AsSpan().Contains((byte)0))
        {
            return WithoutMark(first) ?? throw new InvalidValueException(
                $"'{path}' is no text: it has bytes of 0. Give a CSV file, or the encoding of the file as -Encoding.", path);
        }

        return IsText(Strict(Encoding.UTF8), first, isWhole) ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(Latin)!;
    }

    /// <summary>The encoding of a byte order mark. That of UTF-32 begins with that of UTF-16.</summary>
    private static Encoding? MarkedEncoding(ReadOnlySpan<byte> first)
    {
        foreach (Encoding encoding in new[] { Encoding.UTF8, Encoding.UTF32, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            if (first.StartsWith(encoding.Preamble))
            {
                return encoding;
            }
        }

        return null;
    }

    /// <summary>UTF-16 without a byte order mark: most second bytes of ASCII characters are 0.</summary>
    private static Encoding? WithoutMark(ReadOnlySpan<byte> first)
    {
        int even = 0;
        int odd = 0;
        for (int i = 0; i + 1 < first.Length; i += 2)
        {
            even += first[i] == 0 ? 1 : 0;
            odd += first[i + 1] == 0 ? 1 : 0;
        }

        int pairs = first.Length / 2;
        return odd > pairs * 3 / 4 && even == 0 ? Encoding.Unicode
            : even > pairs * 3 / 4 && odd == 0 ? Encoding.BigEndianUnicode
            : null;
    }

    private static Encoding Strict(Encoding encoding)
    {
        Encoding strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    private static bool IsText(Encoding encoding, byte[] bytes, bool isWhole)
    {
        try
        {
            encoding.GetDecoder().GetCharCount(bytes, 0, bytes.Length, flush: isWhole);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static string Decode(string path, byte[] first, Encoding encoding)
    {
        try
        {
            int mark = first.AsSpan().StartsWith(encoding.Preamble) ? encoding.Preamble.Length : 0;
            Decoder decoder = encoding.GetDecoder();
            char[] text = new char[encoding.GetMaxCharCount(first.Length)];
            int length = decoder.GetChars(first, mark, first.Length - mark, text, 0, flush: first.Length < SampleBytes);
            return new string(text, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw NotDecoded(path, encoding, 0);
        }
    }
}
