using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectorDb.Core.Files;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Logging.Settings;

/// <summary>Serializes sink settings for the file of one logger and encrypts their secrets.</summary>
internal sealed class SinkSettingsSerializer
{
    private static readonly JsonSerializerOptions s_withoutSecrets = new() { Converters = { new OmittingConverter() } };
    private readonly JsonSerializerOptions _options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <param name="keyFolder">The folder of the encryption keys.</param>
    public SinkSettingsSerializer(Guid logger, string keyFolder)
        => _options.Converters.Add(new EncryptingConverter(new SecretBox(new KeyFile(Path.Combine(keyFolder, $"{logger:N}.key"))), logger.ToByteArray()));

    public string Write(SinkSettings settings) => JsonSerializer.Serialize(settings, settings.GetType(), _options);

    /// <exception cref="AuthenticationException">A secret was encrypted by another account or on another machine.</exception>
    public SinkSettings Read(string kind, string text) => Read(kind, text, _options);

    /// <summary>The settings, also when their secrets were encrypted by another account.</summary>
    public static SinkSettings ReadWithoutSecrets(string kind, string text) => Read(kind, text, s_withoutSecrets);

    private static SinkSettings Read(string kind, string text, JsonSerializerOptions options)
    {
        Type type = SinkKind.All.FirstOrDefault(each => each.Kind == kind)?.Settings
            ?? throw new StoreException(StoreFault.NewerVersion, $"The logger has a destination of the kind '{kind}', which this version does not support. Update the module: Update-PSResource ConnectorDb.", kind);
        return (SinkSettings)JsonSerializer.Deserialize(text, type, options)!;
    }

    private sealed class OmittingConverter : JsonConverter<SecretText>
    {
        public override SecretText? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => null;

        public override void Write(Utf8JsonWriter writer, SecretText value, JsonSerializerOptions options) => throw new NotSupportedException();
    }

    private sealed class EncryptingConverter(SecretBox box, byte[] owner) : JsonConverter<SecretText>
    {
        public override SecretText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => box.Open(reader.GetBytesFromBase64(), owner) is { } text
                ? new SecretText(text)
                : throw new AuthenticationException("A key or password of this logger was encrypted by another account or on another machine. Set the destination again with New-CdbSink and Set-CdbLogger.", null);

        public override void Write(Utf8JsonWriter writer, SecretText value, JsonSerializerOptions options)
            => writer.WriteBase64StringValue(box.Seal(value.Reveal(), owner));
    }
}
