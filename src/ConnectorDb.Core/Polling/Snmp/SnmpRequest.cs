using System.Globalization;
using System.Text.Json;

namespace ConnectorDb.Core.Polling.Snmp;

/// <summary>The argument of <c>snmp.get</c>: <c>HOST[:PORT] | OID [| COMMUNITY]</c>, or a JSON object with these members.</summary>
internal sealed class SnmpRequest
{
    private const int DefaultPort = 161;
    private const int MinPassword = 8;
    private const int MaxIdentifier = 128;
    private const string Example = "'192.168.1.1 | 1.3.6.1.2.1.1.3.0 | public'";
    private static readonly string[] s_members = ["host", "oid", "community", "user", "auth", "authPassword", "privPassword"];

    /// <exception cref="InvalidValueException">The text is not such an argument.</exception>
    public SnmpRequest(string argument)
    {
        DataObject parts = argument.TrimStart().StartsWith('{') ? Object(argument) : Short(argument);
        if (parts.Members.ToArray().FirstOrDefault(member => !s_members.Contains(member.Key)) is { Key: { } unknown })
        {
            throw new InvalidValueException($"A request of snmp.get has no member '{unknown}', but only {string.Join(", ", s_members)}.", unknown);
        }

        string target = Text(parts, "host") ?? throw Missing("host");
        if (!Uri.TryCreate($"snmp://{target}", UriKind.Absolute, out Uri? address) || address.Host.Length == 0 || address.Port == 0 || address.UserInfo.Length > 0 || address.PathAndQuery.Trim('/').Length > 0)
        {
            throw new InvalidValueException($"'{TextValue.Shorten(target)}' is not HOST[:PORT]. Give one such as {Example}.", target);
        }

        (Host, Port) = (address.DnsSafeHost, address.Port < 0 ? DefaultPort : address.Port);
        Name = (Text(parts, "oid") ?? throw Missing("oid")).TrimStart('.');
        Identifier = Numbers(Name);
        (Community, UserName) = (Secret(parts, "community"), Text(parts, "user"));
        (AuthPassword, PrivPassword) = (Secret(parts, "authPassword"), Secret(parts, "privPassword"));
        Hash = Text(parts, "auth") ?? SnmpHash.Default;
        if (!SnmpHash.Names.Contains(Hash, StringComparer.OrdinalIgnoreCase))
        {
            throw new InvalidValueException($"The member auth of a request of snmp.get is one of {string.Join(", ", SnmpHash.Names)}, not '{TextValue.Shorten(Hash)}'.", "auth");
        }

        if (UserName is null ? AuthPassword is not null || PrivPassword is not null : Community is not null || (PrivPassword is not null && AuthPassword is null))
        {
            throw new InvalidValueException("A request of snmp.get has either a community (version 2c), or user with authPassword and privPassword (version 3).", "user");
        }
    }

    public string Host { get; }

    public int Port { get; }

    /// <summary>The identifier of the object as text, without a dot before it.</summary>
    public string Name { get; }

    public uint[] Identifier { get; }

    /// <summary>The community of version 2c; null for "public".</summary>
    public DataValue? Community { get; }

    /// <summary>The user of version 3; null for version 2c.</summary>
    public string? UserName { get; }

    /// <summary>The hash of <see cref="SnmpHash"/>.</summary>
    public string Hash { get; }

    /// <summary>Null without authentication.</summary>
    public DataValue? AuthPassword { get; }

    /// <summary>Null without encryption.</summary>
    public DataValue? PrivPassword { get; }

    /// <exception cref="IOException">The secret cannot be read, or is too short.</exception>
    public static string Password(DataValue secret)
        => SecretSource.Read(secret) is { Length: >= MinPassword } password ? password : throw new IOException($"A password of SNMP has {MinPassword} characters or more.");

    private static InvalidValueException Missing(string name) => new($"A request of snmp.get needs the member {name}. Give one such as {Example}.", name);

    private static uint[] Numbers(string name)
    {
        string[] parts = name.Split('.');
        uint[] numbers = [.. parts.Select(part => uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : uint.MaxValue)];
        bool isValid = parts.Length is >= 2 and <= MaxIdentifier && numbers[0] <= 2 && (numbers[0] == 2 || numbers[1] < 40) && numbers.Zip(parts).All(pair => pair.First != uint.MaxValue || pair.Second == "4294967295");
        return isValid ? numbers : throw new InvalidValueException($"'{TextValue.Shorten(name)}' is not the identifier of an object in numbers, such as '1.3.6.1.2.1.1.3.0'. snmptranslate -On shows that of a name.", name);
    }

    private static DataObject Short(string argument)
    {
        string[] parts = argument.Split('|', StringSplitOptions.TrimEntries);
        return parts.Length is 2 or 3 && parts.All(part => part.Length > 0)
            ? new DataObject([.. parts.Zip(s_members, (part, name) => KeyValuePair.Create(name, DataValue.From(part)))])
            : throw new InvalidValueException($"The argument of snmp.get is not HOST[:PORT] | OID [| COMMUNITY]. Give one such as {Example}.", "snmp.get");
    }

    private static DataObject Object(string argument)
    {
        try
        {
            return DataValue.Parse(argument).AsObject();
        }
        catch (JsonException error)
        {
            throw new InvalidValueException($"The request of snmp.get is not a JSON object: {error.Message}", "snmp.get");
        }
    }

    private static string? Text(DataObject parts, string name)
        => !parts.TryGetValue(name, out DataValue value) ? null
            : value.Kind == DataKind.Text ? value.AsText()
            : throw new InvalidValueException($"The member {name} of a request of snmp.get is a text, not {value.ToJson()}.", name);

    private static DataValue? Secret(DataObject parts, string name)
        => !parts.TryGetValue(name, out DataValue value) ? null
            : SecretSource.IsSecret(value) ? value
            : throw new InvalidValueException($"The member {name} of a request of snmp.get is neither a text nor {{\"env\": NAME}} nor {{\"file\": PATH}}.", name);
}
