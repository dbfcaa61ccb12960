using System.Diagnostics;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>Another process that copies a store again and again, until it is killed.</summary>
public sealed class CopyProcess : IDisposable
{
    private readonly Process _process;

    public CopyProcess(string source, string destination)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "ConnectorDb.Writer.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, "copy", source, destination]) { RedirectStandardOutput = true })!;
    }

    /// <summary>Kills the process after so many steps.</summary>
    public void KillAfter(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            Assert.NotNull(_process.StandardOutput.ReadLine());
        }

        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose() => _process.Dispose();
}
