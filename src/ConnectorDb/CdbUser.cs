using ConnectorDb.Fields;

namespace ConnectorDb;

/// <summary>A user, the owner of devices. Fields that the login may not see are null. Set-CdbUser writes the properties that were set.</summary>
public sealed class CdbUser : IEdited<UserDefinition>
{
    private readonly CdbPath _path;

    internal CdbUser(CdbPath path, UserDefinition fields)
    {
        _path = path;
        Edited = new EditedFields<UserDefinition>(UserFields.All, fields);
    }

    public string Path => _path.ToString();

    public string Name => _path.User;

    public string Nickname
    {
        get => Fields.Nickname ?? "";
        set => Edited.Change(new UserDefinition { Nickname = value ?? "" });
    }

    public string? Email
    {
        get => Fields.Email;
        set => Edited.Change(new UserDefinition { Email = value ?? "" });
    }

    public string Description
    {
        get => Fields.Description ?? "";
        set => Edited.Change(new UserDefinition { Description = value ?? "" });
    }

    public string Icon
    {
        get => Fields.Icon ?? "";
        set => Edited.Change(new UserDefinition { Icon = value ?? "" });
    }

    /// <summary><c>user</c> or <c>admin</c>.</summary>
    public string? Role
    {
        get => Fields.Role;
        set => Edited.Change(new UserDefinition { Role = value ?? "" });
    }

    /// <summary>Other users may see this user and its public devices.</summary>
    public bool Public
    {
        get => Fields.Public is true;
        set => Edited.Change(new UserDefinition { Public = value });
    }

    internal EditedFields<UserDefinition> Edited { get; }

    EditedFields<UserDefinition> IEdited<UserDefinition>.Edited => Edited;

    private UserDefinition Fields => Edited.Current;

    /// <summary>The path with its parts. A method, so that the property is a text.</summary>
    public CdbPath GetPath() => _path;

    public override string ToString() => Path;
}
