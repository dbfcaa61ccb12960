using ConnectorDb.Core.Schemas;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

/// <summary>Checks definitions by the rules that need no store, so that a trial reports an invalid field.</summary>
public static class DefinitionRules
{
    /// <exception cref="PermissionDeniedException">The node cannot be deleted alone.</exception>
    public static void CheckDelete(CdbPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Kind == CdbPathKind.Device)
        {
            CdbEngine.CheckNotAutomatic(path);
        }
    }

    /// <param name="path">The user, device or stream.</param>
    /// <param name="definition">A definition of that kind.</param>
    /// <param name="isNew">True to create it, false to change it.</param>
    /// <exception cref="CdbException">A field is not valid.</exception>
    public static void Check(CdbPath path, object definition, bool isNew)
    {
        SchemaCache schemas = new();
        _ = (definition, isNew) switch
        {
            (UserDefinition user, true) => NewUser.Check(path, user, schemas),
            (UserDefinition user, false) => FieldRules.Apply(new UserRecord { Path = path }, user),
            (DeviceDefinition device, true) => NewDevice.Check(path, device, schemas),
            (DeviceDefinition device, false) => (FieldRules.Apply(new DeviceRecord { Path = path }, device), FieldRules.KeyOf(device)),
            (StreamDefinition stream, true) => NewStream.Check(path, stream, schemas),
            (StreamDefinition stream, false) => FieldRules.Apply(new StreamRecord { Path = path }, stream, schemas),
            _ => (object?)null,
        };
    }
}
