using System.Globalization;
using ConnectorDb.Core.Files;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.Files;

/// <summary>An append-only text file. Lines are on disk when <see cref="Append"/> returns. A full file is renamed with a timestamp.</summary>
internal sealed class RotatingFile(FileSettings settings, string heading, TimeProvider time)
{
    private readonly string _path = PathCheck.FullPathOf(settings.Path, Environment.CurrentDirectory);

    /// <summary>Appends complete lines, after removing a partial line that a crash left.</summary>
    /// <exception cref="SinkException">The file cannot be written.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        if (PathCheck.FaultOf(_path, "values.txt") is { } fault)
        {
            throw new SinkException($"{fault} What was to be written is kept.", _path);
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            Rotate();
            using FileStream file = Open();
            TruncatePartialLine(file);
            if (file.Length == 0 && lines.Length > 0)
            {
                file.Write(System.Text.Encoding.UTF8.GetBytes(heading));
            }

            WriteWhole(file, lines);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"The file '{_path}' cannot be written: {error.Message} The logger keeps the entries.", _path, error);
        }
    }

    /// <exception cref="SinkException">The file cannot be written.</exception>
    public void Test() => Append([]);

    /// <summary>Writes all lines or none: the caller repeats them, so lines of a full disk would stay twice.</summary>
    private static void WriteWhole(FileStream file, ReadOnlySpan<byte> lines)
    {
        long end = file.Position;
        try
        {
            file.Write(lines);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(end);
            throw;
        }
    }

    private FileStream Open() => new(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

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

    private static void TruncatePartialLine(FileStream file)
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

        file.SetLength(end);
        file.Position = end;
    }
}
