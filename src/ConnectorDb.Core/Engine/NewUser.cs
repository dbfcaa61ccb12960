using ConnectorDb.Core.Schemas;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

/// <summary>A user to create, validated as far as possible without the store.</summary>
internal sealed record NewUser(UserRecord User, string ApiKey, IReadOnlyList<NewDevice> Devices, IReadOnlyList<NewStream> Streams)
{
    public static NewUser Check(CdbPath path, UserDefinition definition, SchemaCache schemas)
    {
        FieldRules.CheckUserName(path);
        CdbPath ownDevice = path.Child(CdbEngine.UserDevice);
        UserRecord user = FieldRules.Apply(new UserRecord { Path = path, Public = true }, definition);
        return new NewUser(
            user,
            Identities.ApiKey.Make(),
            [.. (definition.Devices ?? FieldRules.NoDevices).Select(device => NewDevice.Check(path.Child(device.Key), device.Value, schemas))],
            [.. (definition.Streams ?? FieldRules.NoStreams).Select(stream => NewStream.Check(ownDevice.Child(stream.Key), stream.Value, schemas))]);
    }
}
