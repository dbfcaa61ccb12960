using System.Diagnostics;
using System.Globalization;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>Another process that appends whole numbers to a stream and says which were acknowledged.</summary>
public sealed class WriterProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="removes">Each other call removes half as many of the newest.</param>
    public WriterProcess(Database database, CdbPath stream, int size, int calls, bool removes = false)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "ConnectorDb.Writer.dll");
        string[] arguments = [program, .. removes ? (string[])["remove"] : [], database.File, database.KeyFolder, stream.ToString(), size.ToString(CultureInfo.InvariantCulture), calls.ToString(CultureInfo.InvariantCulture)];
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>The last acknowledged number; null when the process ended.</summary>
    public long? Next() => _process.StandardOutput.ReadLine() is { Length: > 0 } line ? long.Parse(line, CultureInfo.InvariantCulture) : null;

    /// <summary>Ends the process without warning; the answer is the last number that it said.</summary>
    public long? Kill(long? last)
    {
        _process.Kill();
        _process.WaitForExit();
        while (Next() is { } next)
        {
            last = next;
        }

        return last;
    }

    /// <summary>Waits for the end, and fails with the errors of the process.</summary>
    public void End()
    {
        _process.StandardOutput.ReadToEnd();
        string errors = _process.StandardError.ReadToEnd();
        _process.WaitForExit();
        Assert.Equal("", errors);
        Assert.Equal(0, _process.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
