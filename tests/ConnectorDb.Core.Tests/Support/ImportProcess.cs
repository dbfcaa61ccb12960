using System.Diagnostics;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>Another process that imports a CSV file, or a folder if there are no streams, until it is killed.</summary>
public sealed class ImportProcess : IDisposable
{
    private readonly Process _process;

    public ImportProcess(string store, string keyFolder, string source, params CdbPath[] streams)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "ConnectorDb.Writer.dll");
        string[] arguments = [program, "import", store, keyFolder, source, .. streams.Select(stream => stream.ToString())];
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
    }

    /// <summary>Kills the process after so many steps, or at its end.</summary>
    public void KillAfter(int steps)
    {
        while (steps-- > 0 && _process.StandardOutput.ReadLine() is not null)
        {
        }

        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose() => _process.Dispose();
}
