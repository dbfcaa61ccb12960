using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>
/// The members of a kind of sink in a configuration, named like the parameters of New-CdbSink. The member with the name of the kind
/// contains the target: <c>{"influxDb": "http://localhost:8086", "database": "house"}</c>.
/// </summary>
/// <param name="Members">The allowed members besides target and name.</param>
internal sealed record SinkConfigSchema(string[] Members, Func<SinkConfig, SinkSettings> Read)
{
    public const string Name = "name";

    public static IReadOnlyDictionary<string, SinkConfigSchema> All { get; } = new Dictionary<string, SinkConfigSchema>(StringComparer.OrdinalIgnoreCase)
    {
        ["connectorDb"] = new(["apiKey", "userName", "password", "as", "restamp", "pointLayout"], ConnectorDb),
        ["influxDb"] = new(["database", "version", "createDatabase", "organization", "retentionPolicy", "token", "userName", "password", "tag", "floatsOnly"], InfluxDb),
        ["initialState"] = new(["bucketName", "apiKey", "url"], InitialState),
        ["grafanaAnnotation"] = new(["token", "dashboardUid", "panelId"], Grafana),
        ["jsonFile"] = new(["maxBytes", "daily"], sink => new JsonFileSettings { Path = sink.TargetAsPath, MaxBytes = sink.MaxBytes, Daily = sink.Is("daily") }),
        ["csvFile"] = new(["maxBytes", "daily", "byteOrderMark"], CsvFile),
        ["scriptBlock"] = new([], sink => new ScriptSinkSettings { Script = sink.Target }),
    };

    /// <summary>A server by its address, or a store by its path.</summary>
    private static ConnectorDbSettings ConnectorDb(SinkConfig sink)
    {
        bool isServer = sink.Target.Contains("://", StringComparison.Ordinal);
        return new ConnectorDbSettings
        {
            Url = isServer ? sink.Target : null,
            Path = isServer ? null : sink.TargetAsPath,
            ApiKey = sink.Secret("apiKey"),
            UserName = sink.Members.Text("userName"),
            Password = sink.Secret("password"),
            As = sink.Members.Text("as"),
            Restamp = sink.Is("restamp"),
            Points = sink.Members.Choice<PointLayout>("pointLayout") ?? default,
        };
    }

    private static InfluxDbSettings InfluxDb(SinkConfig sink)
    {
        InfluxDbSettings settings = new() { Url = sink.Target, Database = sink.Members.RequiredText("database") };
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

    private static CsvFileSettings CsvFile(SinkConfig sink) => new()
    {
        Path = sink.TargetAsPath,
        MaxBytes = sink.MaxBytes,
        Daily = sink.Is("daily"),
        ByteOrderMark = sink.Is("byteOrderMark"),
    };

    private static InitialStateSettings InitialState(SinkConfig sink) => new()
    {
        BucketKey = sink.Target,
        BucketName = sink.Members.Text("bucketName"),
        AccessKey = sink.Secret("apiKey"),
        Url = sink.Members.Text("url"),
    };

    private static GrafanaSettings Grafana(SinkConfig sink) => new()
    {
        Url = sink.Target,
        Token = sink.RequiredSecret("token"),
        DashboardUid = sink.Members.Text("dashboardUid"),
        PanelId = (int?)sink.Members.Whole("panelId", 0, int.MaxValue),
    };
}
