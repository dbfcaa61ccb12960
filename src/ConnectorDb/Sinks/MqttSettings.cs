using System.ComponentModel;

namespace ConnectorDb.Sinks;

/// <summary>The content of the messages for an MQTT broker.</summary>
public enum MqttPayloadForm
{
    /// <summary>An object with the time and the value: <c>{"t": 1.5, "d": …}</c>.</summary>
    Datapoint,

    /// <summary>The value alone, as JSON.</summary>
    Value,
}

/// <summary>An MQTT broker. Each entry is a message of QoS 1: it arrives at least once, and again if the acknowledgement was lost.</summary>
[Description("The address of an MQTT broker, mqtt:// or mqtts://.")]
public sealed record MqttSettings : SinkSettings
{
    [SinkTarget]
    public required string Url { get; init; }

    [Description("The topic of the messages, with {channel} for the name of the channel and {TAG} for one of its tags; connectordb/{channel} by default.")]
    public string Topic { get; init; } = "connectordb/{channel}";

    [Description("The content of a message: an object with t and d, or the value alone.")]
    public MqttPayloadForm Payload { get; init; }

    [Description("The broker keeps the last message of each topic.")]
    public bool Retain { get; init; }

    [Description("The version of MQTT: 5, or 3 for MQTT 3.1.1; 5 by default.")]
    [SinkParameter(Min = 3, Max = 5)]
    public int MqttVersion { get; init; } = 5;

    [Description("The name of the user.")]
    public string? UserName { get; init; }

    [Description("The password of the user.")]
    public SecretText? Password { get; init; }

    [SinkParameter(IsPath = true)]
    [Description("A PEM file with the certificates to trust for mqtts://, in place of those of the system.")]
    public string? CaFile { get; init; }

    [SinkParameter(IsPath = true)]
    [Description("A PEM file with the client certificate for a broker that requires one over mqtts://, and those of its authorities, if the broker does not have them.")]
    public string? CertificateFile { get; init; }

    [SinkParameter(IsPath = true)]
    [Description("A PEM file with the private key of the client certificate, without a password; by default the file of the certificate.")]
    public string? KeyFile { get; init; }

    public override string Location => $"{Url.TrimEnd('/')}/{Topic}";
}
