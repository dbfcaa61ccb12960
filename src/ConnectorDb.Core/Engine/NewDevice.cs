using ConnectorDb.Core.Schemas;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

/// <summary>A device to create, validated as far as possible without the store.</summary>
internal sealed record NewDevice(DeviceRecord Device, DeviceDefinition Definition, string ApiKey, IReadOnlyList<NewStream> Streams)
{
    public static NewDevice Check(CdbPath path, DeviceDefinition definition, SchemaCache schemas)
    {
        ArgumentNullException.ThrowIfNull(definition);
        FieldRules.CheckKind(path, CdbPathKind.Device);
        return new NewDevice(
            FieldRules.Apply(new DeviceRecord { Path = path }, definition),
            definition,
            FieldRules.KeyOf(definition) ?? Identities.ApiKey.Make(),
            [.. (definition.Streams ?? FieldRules.NoStreams).Select(stream => NewStream.Check(path.Child(stream.Key), stream.Value, schemas))]);
    }
}
