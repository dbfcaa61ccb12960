using System.Diagnostics;

namespace ConnectorDb.Testing;

/// <summary>A transaction of another program, which holds locks until it is disposed.</summary>
public sealed class PostgresLock : IDisposable
{
    private readonly Process _session;

    private PostgresLock(Process session) => _session = session;

    /// <param name="command">The command of psql.</param>
    /// <param name="sql">The statement that takes the locks.</param>
    internal static async Task<PostgresLock> TakeAsync(string[] command, string sql)
    {
        Process session = ToolProcess.Start(command);
        await session.StandardInput.WriteLineAsync($"BEGIN; {sql}; \\echo held");
        await session.StandardInput.FlushAsync();
        while (await session.StandardOutput.ReadLineAsync() is var line && line != "held")
        {
            Assert.NotNull(line);
        }

        return new PostgresLock(session);
    }

    public void Dispose()
    {
        _session.StandardInput.Close();
        _session.WaitForExit();
        _session.Dispose();
    }
}
