using System.Text.Json;
using ConnectorDb.Core.Mqtt;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>
/// The argument of <see cref="MqttSampler"/>: <c>ADDRESS | TOPIC [| POINTER]</c>, or a JSON object with these members. <c>path</c> is a
/// JSON Pointer, or an object of pointers by name.
/// </summary>
internal sealed class MqttRequest
{
    private const string Example = "mqtt://broker.example | home/+/temperature";
    private const long DefaultSession = 7 * 24 * 3600;
    private static readonly string[] s_members = ["server", "topic", "path", "time", "user", "password", "ca", "cert", "key", "client", "version", "retained", "session"];

    /// <exception cref="InvalidValueException">The text is not such an argument.</exception>
    public MqttRequest(string argument)
    {
        DataObject parts = argument.TrimStart().StartsWith('{') ? Object(argument) : Short(argument);
        if (parts.Members.ToArray().FirstOrDefault(member => !s_members.Contains(member.Key)) is { Key: { } unknown })
        {
            throw new InvalidValueException($"A subscription of mqtt has no member '{unknown}', but only {string.Join(", ", s_members)}.", unknown);
        }

        Broker = MqttBroker.Parse(Text(parts, "server") ?? throw Missing("server"));
        Topic = Text(parts, "topic") ?? throw Missing("topic");
        if (MqttTopic.FaultOf(Topic) is { } fault)
        {
            throw new InvalidValueException(fault, Topic);
        }

        Reader = new MqttPayload(parts.TryGetValue("path", out DataValue path) ? path : DataValue.From(""), Text(parts, "time"));
        (UserName, ClientId) = (Text(parts, "user"), Text(parts, "client"));
        Certificates = new MqttCertificates(Text(parts, "ca"), Text(parts, "cert"), Text(parts, "key"));
        (Version, SessionSeconds) = ((int)Number(parts, "version", 5, 3, 5), (uint)Number(parts, "session", DefaultSession, 0, uint.MaxValue));
        if (Version == 4)
        {
            throw new InvalidValueException("The member version of a subscription of mqtt is 5, or 3 for MQTT 3.1.1.", "4");
        }

        TakesRetained = !parts.TryGetValue("retained", out DataValue retained) || (retained.Kind == DataKind.Boolean ? retained.AsBoolean()
            : throw new InvalidValueException($"The member retained of a subscription of mqtt is true or false, not {retained.ToJson()}.", "retained"));
        Password = parts.TryGetValue("password", out DataValue password) ? password : null;
        if (Password is { } secret && !SecretSource.IsSecret(secret))
        {
            throw new InvalidValueException("The member password of a subscription of mqtt is neither a text nor {\"env\": NAME} nor {\"file\": PATH}.", "password");
        }
    }

    public MqttBroker Broker { get; }

    /// <summary>The topic filter.</summary>
    public string Topic { get; }

    public MqttPayload Reader { get; }

    public string? UserName { get; }

    public DataValue? Password { get; }

    public MqttCertificates Certificates { get; }

    public string? ClientId { get; }

    /// <summary>5, or 3 for MQTT 3.1.1.</summary>
    public int Version { get; }

    public bool TakesRetained { get; }

    /// <summary>How long the broker keeps messages after the connection was lost. MQTT 3.1.1 leaves that to the broker.</summary>
    public uint SessionSeconds { get; }

    private static InvalidValueException Missing(string name) => new($"A subscription of mqtt needs the member {name}. Give one such as '{Example}'.", name);

    private static DataObject Short(string argument)
    {
        string[] parts = argument.Split('|', 3, StringSplitOptions.TrimEntries);
        return parts.Length < 2
            ? throw new InvalidValueException($"The argument is not ADDRESS | TOPIC [| POINTER]. Give one such as '{Example}'.", "mqtt")
            : new DataObject([.. parts.Zip((string[])["server", "topic", "path"], (part, name) => KeyValuePair.Create(name, DataValue.From(part)))]);
    }

    private static DataObject Object(string argument)
    {
        try
        {
            return DataValue.Parse(argument).AsObject();
        }
        catch (JsonException error)
        {
            throw new InvalidValueException($"The subscription of mqtt is not a JSON object: {error.Message}", "mqtt");
        }
    }

    private static string? Text(DataObject parts, string name)
        => !parts.TryGetValue(name, out DataValue value) ? null
            : value.Kind == DataKind.Text ? value.AsText()
            : throw new InvalidValueException($"The member {name} of a subscription of mqtt is a text, not {value.ToJson()}.", name);

    private static long Number(DataObject parts, string name, long unset, long least, long most)
        => !parts.TryGetValue(name, out DataValue value) ? unset
            : value.Kind is DataKind.Integer or DataKind.Number && value.AsDouble() is var number && number == Math.Floor(number) && number >= least && number <= most ? (long)number
            : throw new InvalidValueException($"The member {name} of a subscription of mqtt is a whole number from {least} to {most}, not {value.ToJson()}.", name);
}
