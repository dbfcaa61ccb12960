namespace ConnectorDb.Server.Influx;

/// <summary>The version of InfluxDB whose HTTP interface this is, and the metadata of its second version's endpoints.</summary>
internal sealed class InfluxVersion
{
    public const string Number = "1.8.10";

    /// <summary>Marks an endpoint of version 2, whose errors have another form.</summary>
    public static InfluxVersion Two { get; } = new();

    public static void SetHeaders(HttpResponse response)
    {
        response.Headers["X-Influxdb-Version"] = Number;
        response.Headers["X-Influxdb-Build"] = "OSS";
    }
}
