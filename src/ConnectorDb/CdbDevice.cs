using ConnectorDb.Fields;

namespace ConnectorDb;

/// <summary>A device, which owns streams and logs in with a key. Fields that the login may not see are null. Set-CdbDevice writes the properties that were set.</summary>
public sealed class CdbDevice : IEdited<DeviceDefinition>
{
    private readonly CdbPath _path;

    internal CdbDevice(CdbPath path, DeviceDefinition fields)
    {
        _path = path;
        Edited = new EditedFields<DeviceDefinition>(DeviceFields.All, fields);
    }

    public string Path => _path.ToString();

    public string Name => _path.Device!;

    public string User => _path.User;

    public string Nickname
    {
        get => Fields.Nickname ?? "";
        set => Edited.Change(new DeviceDefinition { Nickname = value ?? "" });
    }

    public string Description
    {
        get => Fields.Description ?? "";
        set => Edited.Change(new DeviceDefinition { Description = value ?? "" });
    }

    public string Icon
    {
        get => Fields.Icon ?? "";
        set => Edited.Change(new DeviceDefinition { Icon = value ?? "" });
    }

    /// <summary>The API key, with which the device logs in. It is secret; default views omit it.</summary>
    public string? ApiKey
    {
        get => Fields.ApiKey;
        set => Edited.Change(new DeviceDefinition { ApiKey = string.IsNullOrEmpty(value) ? throw new InvalidValueException("An API key cannot be empty. Reset-CdbApiKey makes a new one.", Path) : value });
    }

    /// <summary>The role of the device, which sets its rights beyond its own streams: <c>none</c>, <c>reader</c>, <c>writer</c> or <c>user</c>.</summary>
    public string? Role
    {
        get => Fields.Role;
        set => Edited.Change(new DeviceDefinition { Role = value ?? "" });
    }

    public bool Enabled
    {
        get => Fields.Enabled is true;
        set => Edited.Change(new DeviceDefinition { Enabled = value });
    }

    public bool Public
    {
        get => Fields.Public is true;
        set => Edited.Change(new DeviceDefinition { Public = value });
    }

    public bool Visible
    {
        get => Fields.Visible is true;
        set => Edited.Change(new DeviceDefinition { Visible = value });
    }

    public bool? UserEditable
    {
        get => Fields.UserEditable;
        set => Edited.Change(new DeviceDefinition { UserEditable = value ?? throw new InvalidValueException("Give $true or $false.", Path) });
    }

    internal EditedFields<DeviceDefinition> Edited { get; }

    EditedFields<DeviceDefinition> IEdited<DeviceDefinition>.Edited => Edited;

    private DeviceDefinition Fields => Edited.Current;

    /// <summary>The path with its parts. A method, so that the property is a text.</summary>
    public CdbPath GetPath() => _path;

    public override string ToString() => Path;
}
