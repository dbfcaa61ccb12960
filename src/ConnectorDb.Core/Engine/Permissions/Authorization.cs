using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine.Permissions;

/// <summary>Checks rights; an exception names the login that is needed.</summary>
internal static class Authorization
{
    /// <exception cref="PermissionDeniedException">A field may not be set.</exception>
    public static void CheckFields(NodeFields allowed, IEnumerable<string> fields, CdbPath path, Actor actor)
    {
        string[] refused = [.. fields.Where(field => !allowed.HasFlag(RightOf(field)))];
        if (refused.Length > 0)
        {
            throw new PermissionDeniedException(
                $"'{actor.Path}' may not set {string.Join(", ", refused)} of '{path}'. Connect as a device that may: the 'user' device of its owner or of an administrator.",
                path);
        }
    }

    /// <exception cref="PermissionDeniedException">The operation is not allowed for this kind of node.</exception>
    public static void CheckKind(NodeKinds allowed, NodeKinds wanted, string deed, CdbPath path, Actor actor)
    {
        if ((allowed & wanted) == NodeKinds.None)
        {
            string who = wanted == NodeKinds.User ? "the 'user' device of an administrator" : "the 'user' device of its owner or of an administrator";
            throw new PermissionDeniedException($"'{actor.Path}' may not {deed} '{path}'. Connect as a device that may: {who}.", path);
        }
    }

    /// <summary>Checks that the actor may change a device that its user may not edit: only the device itself and administrators may.</summary>
    /// <exception cref="PermissionDeniedException">The actor is neither the device nor an administrator.</exception>
    public static void CheckEditable(DeviceRecord device, CdbPath path, Actor actor)
    {
        if (!device.UserEditable && device.Id != actor.Device.Id && !actor.IsAdmin)
        {
            throw new PermissionDeniedException(
                $"'{actor.Path}' may not change '{path}': the device '{device.Path}' is not editable by its user. Connect as the device itself, or as an administrator, who may also make it editable (Set-CdbDevice {device.Path} -UserEditable).",
                path);
        }
    }

    /// <summary>Fields without a right of their own share one.</summary>
    private static NodeFields RightOf(string field)
        => Enum.TryParse(field.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out NodeFields right) ? right : NodeFields.Other;
}
