using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>
/// A kind of destination as a configuration describes it, by the names that New-CdbSink has: an object in which the kind says the place,
/// <c>{"influxDb": "http://localhost:8086", "database": "house"}</c>.
/// </summary>
/// <param name="Members">What it may have beside its place and its name.</param>
internal sealed record SinkForm(string[] Members, Func<SinkDescription, SinkSettings> Read)
{
    public const string Name = "name";

    public static IReadOnlyDictionary<string, SinkForm> All { get; } = new Dictionary<string, SinkForm>(StringComparer.OrdinalIgnoreCase)
    {
        ["connectorDb"] = new(["apiKey", "userName", "password", "as", "restamp", "pointLayout"], ConnectorDb),
        ["influxDb"] = new(["database", "version", "createDatabase", "organization", "retentionPolicy", "token", "userName", "password", "tag", "floatsOnly"], InfluxDb),
        ["initialState"] = new(["bucketName", "apiKey", "url"], InitialState),
        ["grafanaAnnotation"] = new(["token", "dashboardUid", "panelId"], Grafana),
        ["jsonFile"] = new(["maxBytes", "daily"], sink => new JsonFileSettings { Path = sink.PlaceAsPath, MaxBytes = sink.MaxBytes, Daily = sink.Is("daily") }),
        ["csvFile"] = new(["maxBytes", "daily", "byteOrderMark"], CsvFile),
        ["scriptBlock"] = new([], sink => new ScriptSettings { Script = sink.Place }),
    };

    /// <summary>A server by its address, or a store by its file.</summary>
    private static ConnectorDbSettings ConnectorDb(SinkDescription sink)
    {
        bool isServer = sink.Place.Contains("://", StringComparison.Ordinal);
        return new ConnectorDbSettings
        {
            Url = isServer ? sink.Place : null,
            Path = isServer ? null : sink.PlaceAsPath,
            ApiKey = sink.Secret("apiKey"),
            UserName = sink.Members.Text("userName"),
            Password = sink.Secret("password"),
            As = sink.Members.Text("as"),
            Restamp = sink.Is("restamp"),
            Points = sink.Members.Choice<PointLayout>("pointLayout") ?? default,
        };
    }

    private static InfluxDbSettings InfluxDb(SinkDescription sink)
    {
        InfluxDbSettings settings = new() { Url = sink.Place, Database = sink.Members.RequiredText("database") };
        return settings with
        {
            Version = (int?)sink.Members.Whole("version", 1, 3) ?? settings.Version,
            CreateDatabase = sink.Is("createDatabase"),
            Organization = sink.Members.Text("organization"),
            RetentionPolicy = sink.Members.Text("retentionPolicy"),
            Token = sink.Secret("token"),
            UserName = sink.Members.Text("userName"),
            Password = sink.Secret("password"),
            Tags = sink.Members.Texts("tag"),
            FloatsOnly = sink.Is("floatsOnly"),
        };
    }

    private static CsvFileSettings CsvFile(SinkDescription sink) => new()
    {
        Path = sink.PlaceAsPath,
        MaxBytes = sink.MaxBytes,
        Daily = sink.Is("daily"),
        ByteOrderMark = sink.Is("byteOrderMark"),
    };

    private static InitialStateSettings InitialState(SinkDescription sink) => new()
    {
        BucketKey = sink.Place,
        BucketName = sink.Members.Text("bucketName"),
        AccessKey = sink.Secret("apiKey"),
        Url = sink.Members.Text("url"),
    };

    private static GrafanaSettings Grafana(SinkDescription sink) => new()
    {
        Url = sink.Place,
        Token = sink.RequiredSecret("token"),
        DashboardUid = sink.Members.Text("dashboardUid"),
        PanelId = (int?)sink.Members.Whole("panelId", 0, int.MaxValue),
    };
}
