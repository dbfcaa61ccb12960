namespace ConnectorDb.Sinks;

/// <summary>Events become annotations in Grafana; everything else passes it by.</summary>
public sealed record GrafanaSettings : SinkSettings
{
    public required string Url { get; init; }

    public required SecretText Token { get; init; }

    /// <summary>The dashboard to annotate; null for all.</summary>
    public string? DashboardUid { get; init; }

    public int? PanelId { get; init; }

    public override string Location => Url;
}
