using System.Net.Mail;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Schemas;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Engine;

/// <summary>Validates the fields of definitions, and applies them to records.</summary>
internal static class FieldRules
{
    private const int MaxNickname = 200;
    private const int MaxEmail = 320;
    private const int MaxDatatype = 200;
    private const int MaxDescription = 1000;
    private const int MaxIcon = 4096;
    private const int MaxIconName = 30;
    private const int MaxLabels = 64;
    private const int MaxLabelKey = 200;
    private const int MaxLabelValue = 1000;

    private static readonly HashSet<string> s_reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "support", "www", "api", "app", "join", "login", "user", "admin", "nobody", "root",
    };

    public static IReadOnlyDictionary<string, DeviceDefinition> NoDevices { get; } = new Dictionary<string, DeviceDefinition>();

    public static IReadOnlyDictionary<string, StreamDefinition> NoStreams { get; } = new Dictionary<string, StreamDefinition>();

    public static void CheckUserName(CdbPath path)
    {
        CheckKind(path, CdbPathKind.User);
        if (s_reserved.Contains(path.User))
        {
            throw new InvalidNameException(path.User, "user", "it is reserved");
        }
    }

    public static void CheckKind(CdbPath path, CdbPathKind kind)
    {
        if (path.Kind != kind || path.IsDownlink)
        {
            throw new InvalidNameException(path.ToString(), "path", $"it does not name a {kind.ToString().ToLowerInvariant()}");
        }
    }

    /// <param name="passwordHash">The hash of the password in the definition, if it was computed before.</param>
    public static UserRecord Apply(UserRecord user, UserDefinition definition, string? passwordHash = null)
    {
        CheckLooks(user.Path, definition.Nickname, definition.Description, definition.Icon);
        CheckLength(user.Path, "e-mail address", definition.Email, MaxEmail);
        CheckRole(user.Path, definition.Role, Role.OfUsers.Keys.Where(role => role != Role.Nobody));
        return user with
        {
            Nickname = definition.Nickname ?? user.Nickname,
            Email = Email(user.Path, definition.Email) ?? user.Email,
            Description = definition.Description ?? user.Description,
            Icon = definition.Icon ?? user.Icon,
            Role = definition.Role ?? user.Role,
            Public = definition.Public ?? user.Public,
            PasswordHash = definition.Password is { } password ? passwordHash ?? Hash(user.Path, definition.Email ?? user.Email, password) : user.PasswordHash,
        };
    }

    public static DeviceRecord Apply(DeviceRecord device, DeviceDefinition definition)
    {
        CheckLooks(device.Path, definition.Nickname, definition.Description, definition.Icon);
        CheckRole(device.Path, definition.Role, Role.OfDevices.Keys);
        return device with
        {
            Nickname = definition.Nickname ?? device.Nickname,
            Description = definition.Description ?? device.Description,
            Icon = definition.Icon ?? device.Icon,
            Role = definition.Role ?? device.Role,
            Enabled = definition.Enabled ?? device.Enabled,
            Public = definition.Public ?? device.Public,
            Visible = definition.Visible ?? device.Visible,
            UserEditable = definition.UserEditable ?? device.UserEditable,
        };
    }

    public static StreamRecord Apply(StreamRecord stream, StreamDefinition definition, SchemaCache schemas)
    {
        CheckLooks(stream.Path, definition.Nickname, definition.Description, definition.Icon);
        CheckLength(stream.Path, "datatype", definition.Datatype, MaxDatatype);
        CheckLabels(stream.Path, definition.Labels ?? LabelSet.None);
        StreamDefinition changes = definition.Schema is { } schema ? definition with { Schema = schemas.Minify(schema, stream.Path) } : definition;
        return stream with { Fields = StreamFields.All.Merge(stream.Fields, changes) };
    }

    /// <summary>The API key in the definition, a new one for empty text; null when the definition has none.</summary>
    public static string? KeyOf(DeviceDefinition definition) => definition.ApiKey switch
    {
        null => null,
        "" => ApiKey.Make(),
        { Length: > ApiKey.MaxLength } => throw new InvalidValueException($"An API key has at most {ApiKey.MaxLength} characters. Give a shorter one, or empty text to create one.", null),
        { Length: < ApiKey.MinLength } => throw new InvalidValueException($"An API key has at least {ApiKey.MinLength} characters. Give a longer one, or empty text to create one.", null),
        var key => key,
    };

    private static string Hash(CdbPath path, string email, string password)
    {
        if (password.Length == 0)
        {
            throw new InvalidValueException($"The password of '{path}' cannot be empty.", path);
        }

        PasswordRules.Check(path, email, password);
        return PasswordHash.Of(password);
    }

    private static string? Email(CdbPath path, string? email)
        => string.IsNullOrEmpty(email) || MailAddress.TryCreate(email, out _)
            ? email
            : throw new InvalidValueException($"'{email}' is not an e-mail address.", path);

    private static void CheckRole(CdbPath path, string? role, IEnumerable<string> roles)
    {
        if (role is not null && !roles.Contains(role))
        {
            throw new InvalidValueException($"There is no role '{role}' for '{path}'. The roles are {string.Join(", ", roles.Where(name => name.Length > 0).Order())}.", path);
        }
    }

    private static void CheckLength(CdbPath path, string field, string? text, int most)
    {
        if (text?.Length > most)
        {
            throw new InvalidValueException($"The {field} of '{path}' has {text.Length} characters; at most {most} are allowed.", path);
        }
    }

    private static void CheckLabels(CdbPath path, LabelSet labels)
    {
        if (labels.Count > MaxLabels)
        {
            throw new InvalidValueException($"'{path}' has {labels.Count} labels; at most {MaxLabels} are allowed.", path);
        }

        foreach ((string key, string value) in labels)
        {
            CheckLength(path, "key of a label", key, MaxLabelKey);
            CheckLength(path, $"label '{key}'", value, MaxLabelValue);
            string reason = key.Length == 0 ? "has no key" : value.Length == 0 ? $"'{key}' has no value" : key.Any(char.IsControl) ? $"'{key}' has a control character in its key" : "";
            if (reason.Length > 0)
            {
                throw new InvalidValueException($"A label of '{path}' {reason}. Give a key and a value, such as room and office.", path);
            }
        }
    }

    private static void CheckLooks(CdbPath path, string? nickname, string? description, string? icon)
    {
        CheckLength(path, "nickname", nickname, MaxNickname);
        CheckLength(path, "description", description, MaxDescription);
        CheckLength(path, "icon", icon, MaxIcon);
        bool isName = icon is not null && (icon.StartsWith("material:", StringComparison.Ordinal) || icon.StartsWith("fa:", StringComparison.Ordinal));
        if (isName && icon!.Length > MaxIconName)
        {
            throw new InvalidValueException($"The icon '{icon}' has {icon.Length} characters; a name has at most {MaxIconName}.", path);
        }
    }
}
