using System.Text;
using System.Text.Unicode;

namespace ConnectorDb.Core.Csv;

/// <summary>A text file and its encoding, which a byte order mark or its first bytes show.</summary>
internal sealed class CsvSource
{
    private const int SampleBytes = 256 * 1024;
    private const int BufferBytes = 1 << 20;
    private const int Latin = 1252;

    private readonly long _length;

    private CsvSource(string path, long length, Encoding encoding, string sample, bool isWhole)
    {
        _length = length;
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

        (byte[] first, long total) = Try(path, () =>
        {
            using FileStream file = OpenFile(path);
            if (!file.CanSeek)
            {
                throw new FileAccessException($"'{path}' is a pipe or a device, which can be read once only. Save the text to a file first, and import that.", path);
            }

            byte[] buffer = new byte[SampleBytes];
            int length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return (buffer[..length], file.Length);
        });
        if (first.Length == 0)
        {
            throw new InvalidValueException($"'{path}' is empty. Give a file with a row for each time.", path);
        }

        bool isWhole = first.Length < SampleBytes;
        Encoding encoding = Strict(MarkedEncoding(first) ?? given ?? EncodingOf(path, first, isWhole));
        return new CsvSource(path, total, encoding, Decode(path, first, encoding), isWhole)
        {
            Warning = given is null && encoding.CodePage == Latin && isWhole && IsLastCharacterOpen(first)
                ? $"The last byte of '{path}' is a letter of windows-1252, as which it was read, or the begin of a cut off character of UTF-8. If the file is UTF-8, complete it, take back its last row with Remove-CdbDatapoint, and import it with -Encoding utf8."
                : null,
        };
    }

    /// <summary>A warning about an encoding that the text leaves open; null when there is none.</summary>
    public string? Warning { get; private init; }

    /// <summary>A warning about a last line that may be incomplete, because another program wrote to the file; null when there is none.</summary>
    /// <param name="file">The file after its last row was read.</param>
    public string? EndWarningOf(FileStream file, long line)
    {
        if (file.Length == _length || file.Position == 0)
        {
            return null;
        }

        byte[] end = new byte[Encoding.GetByteCount("\n")];
        long position = file.Position;
        int length = RandomAccess.Read(file.SafeFileHandle, end, position - end.Length);
        return length == end.Length && Encoding.GetString(end) is "\n" or "\r" ? null
            : $"'{Path}' grew during the import, and its last line ({line}) had no end, so its last value may have been read in part. If it was, take it back with Remove-CdbDatapoint, and import the file again when it is complete.";
    }

    /// <summary>A reader of the whole text, and its stream, whose position is the progress.</summary>
    public (StreamReader Text, FileStream File) Read() => Try(Path, () =>
    {
        FileStream file = OpenFile(Path);
        return (new StreamReader(file, Encoding, detectEncodingFromByteOrderMarks: true, BufferBytes / 16), file);
    });

    public static InvalidValueException NotDecoded(string path, Encoding encoding, long line) => new(
        $"'{path}' has bytes after line {line} that are no text in {encoding.WebName}. Give its encoding, such as -Encoding windows-1252. If the file ends there, it is cut off in the middle of a character: import it again when it is complete.", path);

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
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileAccessException($"There is no file '{path}'. Check the path.", path, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new FileAccessException($"'{path}' cannot be read. {FileAccessException.ReasonOf(error, path)} Check that you may read it.", path, error);
        }
    }

    private static Encoding EncodingOf(string path, byte[] first, bool isWhole)
    {
        if (first.AsSpan().StartsWith("PK\u0003\u0004"u8))
        {
            throw new InvalidValueException($"'{path}' is an archive, such as a workbook of Excel, and no text. Save it as a CSV file.", path);
        }

        if (first is [0x1F, 0x8B, ..])
        {
            throw new InvalidValueException($"'{path}' is compressed. Expand it, and import the file in it.", path);
        }

        bool isUtf8 = IsUtf8(first, isWhole);
        if (first.AsSpan().Contains((byte)0))
        {
            // A power failure leaves zeros among the lines of a file. Other bytes of control show that the file is no text.
            return WithoutMark(first) ?? (isUtf8 && !HasControl(first) ? Encoding.UTF8 : throw new InvalidValueException(
                $"'{path}' is no text: it has bytes of 0. Give a CSV file, or the encoding of the file as -Encoding.", path));
        }

        return isUtf8 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(Latin)!;
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

    /// <summary>True for UTF-8, also if the last character is cut off.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> first, bool isWhole)
    {
        if (Utf8.IsValid(first))
        {
            return true;
        }

        // A file that is being written may end anywhere. A last letter of windows-1252 looks the same if no other one is beyond ASCII.
        ReadOnlySpan<byte> complete = first[..^CutBytes(first)];
        return Utf8.IsValid(complete) && (!isWhole || !Ascii.IsValid(complete));
    }

    /// <summary>The number of bytes from the last first byte of a character, if that is one of the last three.</summary>
    private static int CutBytes(ReadOnlySpan<byte> text)
    {
        const int Most = 3;
        int start = text[^Math.Min(Most, text.Length)..].LastIndexOfAnyInRange((byte)0xC0, byte.MaxValue);
        return start < 0 ? 0 : Math.Min(Most, text.Length) - start;
    }

    /// <summary>True when the only byte or bytes beyond ASCII are the last ones, and may begin a character of UTF-8.</summary>
    private static bool IsLastCharacterOpen(ReadOnlySpan<byte> text)
        => CutBytes(text) is var cut and > 0 && Ascii.IsValid(text[..^cut]) && !text[^cut..].ContainsAnyInRange((byte)0, (byte)0x7F);

    private static bool HasControl(ReadOnlySpan<byte> text)
        => text.ContainsAnyInRange((byte)1, (byte)8) || text.ContainsAnyInRange((byte)14, (byte)31);

    private static string Decode(string path, byte[] first, Encoding encoding)
    {
        try
        {
            int mark = first.AsSpan().StartsWith(encoding.Preamble) ? encoding.Preamble.Length : 0;
            Decoder decoder = encoding.GetDecoder();
            char[] text = new char[encoding.GetMaxCharCount(first.Length)];
            int length = decoder.GetChars(first, mark, first.Length - mark, text, 0, flush: false);
            return new string(text, 0, length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw NotDecoded(path, encoding, 0);
        }
    }
}
