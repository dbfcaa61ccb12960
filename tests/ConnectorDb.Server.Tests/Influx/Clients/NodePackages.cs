namespace ConnectorDb.Server.Tests.Influx.Clients;

/// <summary>The clients of InfluxDB for Node, in a folder of their own.</summary>
public sealed class NodePackages : IAsyncLifetime, IDisposable
{
    private const int MaxTries = 3;

    private readonly TempFolder _folder = new();
    private string? _problem;

    public async Task InitializeAsync()
    {
        if (!ClientProgram.IsInstalled("npm"))
        {
            return;
        }

        foreach (string file in (string[])["package.json", "version1.js", "version2.js"])
        {
            File.Copy(ClientProgram.Script(file), _folder[file]);
        }

        for (int i = 0; i < MaxTries && _problem != ""; i++)
        {
            (int exitCode, string output) = await ClientProgram.RunAsync("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock"], _folder[""]);
            _problem = exitCode == 0 ? "" : output;
        }
    }

    /// <summary>The output of a script with arguments.</summary>
    internal Task<(int ExitCode, string Output)> RunAsync(string script, params string[] arguments)
    {
        ClientProgram.Require("npm", "npm");
        Skip.If(_problem is not "", $"npm has not installed the clients: {_problem}");
        return ClientProgram.RunAsync("node", [script, .. arguments], _folder[""]);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
