using System.Diagnostics;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>A server in a process of its own, on a folder that is gone afterwards.</summary>
internal sealed class ServerUnderLoad : IDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private TimeSpan _cpuAtStart;

    private ServerUnderLoad(string name, Process process, DirectoryInfo folder, Func<int, Uri> insert, Func<int, string> body, string? authorization)
    {
        Name = name;
        _process = process;
        _folder = folder;
        Insert = insert;
        Body = body;
        Authorization = authorization;
    }

    public string Name { get; }

    /// <summary>Where the connection of that number writes a single point to.</summary>
    public Func<int, Uri> Insert { get; }

    /// <summary>The single point that it writes.</summary>
    public Func<int, string> Body { get; }

    public string? Authorization { get; }

    /// <summary>The key of its owner; null where there is none.</summary>
    public string? ApiKey { get; private init; }

    /// <summary>The address without a path.</summary>
    public string Root => Insert(0).GetLeftPart(UriPartial.Authority);

    /// <summary>Processor time since <see cref="Begin"/>.</summary>
    public TimeSpan Cpu => Current().TotalProcessorTime - _cpuAtStart;

    public int ProcessId => _process.Id;

    public long MemoryBytes => Current().WorkingSet64;

    public static Task<ServerUnderLoad> ConnectorDbAsync(int streams, params string[] settings) => ConnectorDbAsync(streams, new Dictionary<string, string>(), settings);

    /// <param name="environment">Variables of the server's process, which override the settings of its runtime.</param>
    public static async Task<ServerUnderLoad> ConnectorDbAsync(int streams, IReadOnlyDictionary<string, string> environment, params string[] settings)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cdb-load-");
        string keyFile = Path.Combine(folder.FullName, "key");
        ProcessStartInfo start = new("dotnet",
        [
            Program("ConnectorDb.Server"), "--until-input-ends", "--url", "http://127.0.0.1:0", "--owner-key-file", keyFile,
            "--store", Path.Combine(folder.FullName, "store.cdb"), "--key-folder", folder.FullName, "--Logging:LogLevel:Default", "Warning", .. settings,
        ])
        { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        Uri address = new((await process.StandardOutput.ReadLineAsync())!["ready ".Length..]);
        string apiKey = (await File.ReadAllTextAsync(keyFile)).Trim();
        string authorization = "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(":" + apiKey));
        using HttpClient http = new();
        http.DefaultRequestHeaders.Add("Authorization", authorization);
        for (int i = 0; i < streams; i++)
        {
            using StringContent schema = new("""{"schema":"{\"type\":\"number\"}"}""");
            (await http.PostAsync(new Uri(address, $"/api/v1/crud/me/user/load{i}"), schema)).EnsureSuccessStatusCode();
        }

        return new ServerUnderLoad("ConnectorDb", process, folder, i => new Uri(address, $"/api/v1/crud/me/user/load{i}/data"), i => $$"""[{"d":{{i}}}]""", authorization) { ApiKey = apiKey };
    }

    /// <summary>Null when the program influxd of InfluxDB 1 is not on this machine.</summary>
    public static async Task<ServerUnderLoad?> InfluxDbAsync()
    {
        const string program = "/usr/bin/influxd";
        if (!File.Exists(program))
        {
            return null;
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("influx-load-");
        int port = FreePort();
        string configuration = Path.Combine(folder.FullName, "influxdb.conf");
        await File.WriteAllTextAsync(configuration, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{FreePort()}"
            [meta]
              dir = "{folder.FullName}/meta"
            [data]
              dir = "{folder.FullName}/data"
              wal-dir = "{folder.FullName}/wal"
              query-log-enabled = false
            [http]
              bind-address = "127.0.0.1:{port}"
              log-enabled = false
            [monitor]
              store-enabled = false
            """);
        Process process = Process.Start(new ProcessStartInfo(program, ["-config", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        Uri address = new($"http://127.0.0.1:{port}");
        using HttpClient http = new();
        while (!await AnswersAsync(http, new Uri(address, "/ping")))
        {
            await Task.Delay(50);
        }

        (await http.PostAsync(new Uri(address, "/query?q=CREATE%20DATABASE%20load"), null)).EnsureSuccessStatusCode();
        return new ServerUnderLoad("InfluxDB", process, folder, _ => new Uri(address, "/write?db=load"), i => $"load,c={i} v={i}.5", null);
    }

    public void Begin() => _cpuAtStart = Current().TotalProcessorTime;

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private Process Current()
    {
        _process.Refresh();
        return _process;
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri address)
    {
        try
        {
            return (await http.GetAsync(address)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The program as it was built with these benchmarks.</summary>
    private static string Program(string name)
        => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", name, new DirectoryInfo(AppContext.BaseDirectory).Name, name + ".dll"));

    private static int FreePort()
    {
        using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
