using System.Globalization;
using System.Text;
using ConnectorDb.Core.Files;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.Files;

/// <summary>An append-only text file. Lines are on disk when <see cref="Append"/> returns. A full file is renamed with a timestamp.</summary>
/// <param name="heading">The text that begins a new file.</param>
/// <param name="signature">The ASCII text with which every file of this kind begins, after a byte order mark.</param>
internal sealed class RotatingFile(FileSettings settings, string heading, string signature, TimeProvider time)
{
    private readonly string _path = PathCheck.FullPathOf(settings.Path, Environment.CurrentDirectory);

    /// <summary>Appends complete lines, after removing a partial line that a crash left.</summary>
    /// <exception cref="SinkException">The file cannot be written. It is as before.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        using FileStream file = Open();
        try
        {
            EndLine(file);
            Write(file, file.Length == 0 ? [.. Encoding.UTF8.GetBytes(heading), .. lines] : lines);
        }
        catch (IOException error)
        {
            throw Fault(error);
        }
    }

    /// <summary>Checks that the file can be written, without creating it.</summary>
    /// <returns>A noun phrase for the file that the first write will create; null when it exists.</returns>
    /// <exception cref="SinkException">The file cannot be written.</exception>
    public string? Test()
    {
        DemandFile();
        try
        {
            if (MissingFile.Describe(_path, "file") is { } missing)
            {
                return missing;
            }

            new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0).Dispose();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Fault(error);
        }
    }

    // The entries of a failed write are written again, so what the disk had room for must not remain.
    private static void Write(FileStream file, ReadOnlySpan<byte> lines)
    {
        long start = file.Length;
        try
        {
            file.Write(lines);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(start);
            throw;
        }
    }

    private void DemandFile()
    {
        if (PathCheck.FaultOf(_path, "values.txt") is { } fault)
        {
            throw new SinkException(fault, _path);
        }
    }

    private FileStream Open()
    {
        DemandFile();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            Rotate();

            // A buffer would be written again when the file is closed after a failed write.
            return new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Fault(error);
        }
    }

    private SinkException Fault(Exception error) => new($"The file '{_path}' cannot be written: {error.Message}", _path, error);

    private void Rotate()
    {
        FileInfo file = new(_path);
        if (!file.Exists || file.Length == 0)
        {
            return;
        }

        DateTimeOffset now = time.GetLocalNow();
        bool isOfYesterday = settings.Daily && TimeZoneInfo.ConvertTime(new DateTimeOffset(file.LastWriteTimeUtc), time.LocalTimeZone).Date < now.Date;
        if (isOfYesterday || file.Length >= settings.MaxBytes)
        {
            File.Move(_path, FreeName(now));
        }
    }

    private string FreeName(DateTimeOffset now)
    {
        string stem = Path.Combine(Path.GetDirectoryName(_path)!, Path.GetFileNameWithoutExtension(_path));
        string stamp = now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return Enumerable.Range(1, int.MaxValue)
            .Select(i => $"{stem}-{stamp}{(i == 1 ? "" : $"-{i}")}{Path.GetExtension(_path)}")
            .First(name => !File.Exists(name));
    }

    // The last line of a file from elsewhere may have no line break. It is completed and not removed.
    /// <summary>Removes a partial line of our own, and moves to the end.</summary>
    private void EndLine(FileStream file)
    {
        long end = EndOfLines(file);
        bool isComplete = end == file.Length;
        if (!isComplete && IsOwn(file))
        {
            file.SetLength(end);
            isComplete = true;
        }

        file.Position = file.Length;
        if (!isComplete)
        {
            file.WriteByte((byte)'\n');
        }
    }

    private static long EndOfLines(FileStream file)
    {
        long end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                break;
            }

            end--;
        }

        return end;
    }

    /// <summary>Returns true for a file with the signature, or the beginning of one.</summary>
    private bool IsOwn(FileStream file)
    {
        byte[] head = new byte[Encoding.UTF8.Preamble.Length + signature.Length];
        file.Position = 0;
        ReadOnlySpan<byte> read = head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        read = read.StartsWith(Encoding.UTF8.Preamble) ? read[Encoding.UTF8.Preamble.Length..] : read;
        ReadOnlySpan<byte> own = Encoding.ASCII.GetBytes(signature);
        return own.StartsWith(read) || read.StartsWith(own);
    }
}
