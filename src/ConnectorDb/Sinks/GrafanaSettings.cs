using System.ComponentModel;
using ConnectorDb.Logging;

namespace ConnectorDb.Sinks;

/// <summary>A Grafana that receives events as annotations, and no other entries.</summary>
[OnlyChannels(ChannelKind.Events)]
[Description("The address of a Grafana, which receives events as annotations.")]
public sealed record GrafanaSettings : SinkSettings
{
    [SinkTarget(name: "GrafanaAnnotation")]
    public required string Url { get; init; }

    [Description("The token of a service account.")]
    public required SecretText Token { get; init; }

    [Description("The dashboard to annotate; without it, all.")]
    public string? DashboardUid { get; init; }

    [SinkParameter(Min = 0, Max = int.MaxValue)]
    [Description("The panel to annotate.")]
    public int? PanelId { get; init; }

    public override string Location => Url;
}
