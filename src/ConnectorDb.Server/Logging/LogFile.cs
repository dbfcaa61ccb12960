using System.Globalization;
using System.Text;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Server.Logging;

/// <summary>A rotating log file that only its owner can read.</summary>
/// <remarks>
/// A full <c>server.log</c> becomes <c>server.1.log</c>, that one <c>server.2.log</c>, and the oldest is deleted. When the file cannot be
/// written, the server continues, counts the lost entries, and writes the count when writing works again.
/// </remarks>
internal sealed class LogFile : IDisposable
{
    private readonly object _gate = new();
    private readonly string _path;
    private readonly long _maxBytes;
    private readonly int _maxFiles;
    private FileStream? _file;
    private long _lost;
    private bool _isStuck;

    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public LogFile(string path, long maxBytes, int maxFiles)
    {
        if (PathCheck.FaultOf(path, "server.log") is { } fault)
        {
            throw new FileAccessException(fault, path);
        }

        (_path, _maxBytes, _maxFiles) = (Path.GetFullPath(path), maxBytes, maxFiles);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            _file = Open();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileAccessException($"The log file '{_path}' cannot be written: {error.Message}", _path, error);
        }
    }

    /// <param name="entry">Complete lines.</param>
    public void Write(string entry)
    {
        lock (_gate)
        {
            try
            {
                Append(_lost == 0 ? entry : string.Create(CultureInfo.InvariantCulture, $"{CountText.Of(_lost, "entry", "entries")} could not be written here.\n{entry}"));
                _lost = 0;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Close();
                if (_lost++ == 0)
                {
                    Console.Error.WriteLine($"The log file '{_path}' cannot be written: {error.Message}");
                }
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Close();
        }
    }

    private void Append(string entry)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(entry);
        if (_file is { Length: > 0 } && _file.Length + bytes.Length > _maxBytes)
        {
            Close();
            TryRotate();
        }

        _file ??= Open();
        _file.Write(bytes);
    }

    /// <summary>Rotates the files. If that fails, the full file grows, and the next entry tries again.</summary>
    private void TryRotate()
    {
        try
        {
            Rotate();
            _isStuck = false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (!_isStuck)
            {
                Console.Error.WriteLine($"The log file '{_path}' is full and grows, because the files cannot be renamed: {error.Message}");
            }

            _isStuck = true;
        }
    }

    private void Rotate()
    {
        string full = Path.ChangeExtension(_path, $"full{Path.GetExtension(_path)}");
        if (File.Exists(full))
        {
            // An earlier rotation has failed.
            Shift(full);
        }

        // First, because Windows does not rename a file that another program has opened. The older files stay then.
        File.Move(_path, full);
        Shift(full);
    }

    /// <summary>Renames the older files, deletes the oldest, and makes a file the newest of them.</summary>
    private void Shift(string full)
    {
        File.Delete(Name(_maxFiles - 1));
        for (int number = _maxFiles - 2; number > 0; number--)
        {
            if (File.Exists(Name(number)))
            {
                File.Move(Name(number), Name(number + 1));
            }
        }

        if (_maxFiles > 1)
        {
            File.Move(full, Name(1));
        }
        else
        {
            File.Delete(full);
        }
    }

    private string Name(int number) => number == 0
        ? _path
        : Path.ChangeExtension(_path, string.Create(CultureInfo.InvariantCulture, $"{number}{Path.GetExtension(_path)}"));

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private FileStream Open()
        => FileRights.OpenPrivate(_path, new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 });
}
