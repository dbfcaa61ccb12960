namespace ConnectorDb.Testing;

/// <summary>A node of a cluster on this machine, which runs again after its disposal. Its settings, the port too, are in its files.</summary>
public sealed class CitusNode : IDisposable
{
    private readonly string _folder;
    private string[]? _undo;

    internal CitusNode(string folder) => _folder = folder;

    /// <summary>Ends the node as a crash does.</summary>
    public async Task StopAsync()
    {
        string[] control = [.. PostgresPrograms.AsAccount("pg_ctl"), "-D", _folder, "-w", "-s"];
        await ToolProcess.RunAsync([.. control, "-m", "immediate", "stop"]);
        _undo = [.. control, "-l", Path.Combine(_folder, "tests.log"), "start"];
    }

    /// <summary>Lets the processes of the node do nothing; its connections stay open.</summary>
    public async Task FreezeAsync()
    {
        string parent = (await File.ReadAllLinesAsync(Path.Combine(_folder, "postmaster.pid")))[0];
        string children = await File.ReadAllTextAsync($"/proc/{parent}/task/{parent}/children");
        string[] all = [parent, .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        await ToolProcess.RunAsync(["kill", "-STOP", .. all]);
        _undo = ["kill", "-CONT", .. all];
    }

    /// <summary>Lets the node go on.</summary>
    public async Task ResumeAsync()
    {
        if (_undo is { } undo)
        {
            _undo = null;
            await ToolProcess.RunAsync(undo);
        }
    }

    public void Dispose() => ResumeAsync().GetAwaiter().GetResult();
}
