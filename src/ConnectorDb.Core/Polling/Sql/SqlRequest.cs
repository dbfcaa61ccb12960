using System.Data.Common;
using System.Text.Json;

namespace ConnectorDb.Core.Polling.Sql;

/// <summary>
/// The argument of <c>sql.value</c>: <c>FILE | QUERY</c> for SQLite, <c>KIND:CONNECTION STRING | QUERY</c>, or a JSON object with the kind as a
/// member, <c>query</c> and <c>password</c>.
/// </summary>
internal sealed class SqlRequest
{
    public const string Sqlite = "sqlite";
    private const string Example = "'shop.db | SELECT count(*) FROM sales' or 'postgresql:Host=db.example;Username=me;Database=shop | SELECT count(*) FROM sales'";
    private static readonly string[] s_kinds = [Sqlite, "postgresql", "sqlserver", "odbc"];
    private static readonly string[] s_secrets = ["Password", "Pwd", "PWD"];
    private readonly DataValue? _password;

    /// <exception cref="InvalidValueException">The text is not such an argument.</exception>
    public SqlRequest(string argument)
    {
        DataObject parts = argument.TrimStart().StartsWith('{') ? Object(argument) : Short(argument);
        KeyValuePair<string, DataValue>[] members = parts.Members.ToArray();
        if (members.FirstOrDefault(member => !s_kinds.Contains(member.Key) && member.Key is not ("query" or "password")) is { Key: { } unknown })
        {
            throw new InvalidValueException($"A query of sql.value has no member '{unknown}', but only query, password and one of {string.Join(", ", s_kinds)}.", unknown);
        }

        KeyValuePair<string, DataValue>[] target = [.. members.Where(member => s_kinds.Contains(member.Key))];
        if (target.Length != 1 || target[0].Value.Kind != DataKind.Text || !parts.TryGetValue("query", out DataValue query) || query.Kind != DataKind.Text || query.AsText().Trim().Length == 0)
        {
            throw new InvalidValueException($"A query of sql.value needs the text query and one of {string.Join(", ", s_kinds)}, which is a text, too. Give one such as {Example}.", "query");
        }

        (Kind, Target, Query) = (target[0].Key, target[0].Value.AsText().Trim(), query.AsText());
        _password = parts.TryGetValue("password", out DataValue password) ? password : null;
        if (Target.Length == 0 || (_password is { } secret && (Kind == Sqlite || !SecretSource.IsSecret(secret))))
        {
            throw new InvalidValueException(Target.Length == 0 ? $"The {(Kind == Sqlite ? "file" : "connection string")} is missing. Give one such as {Example}." : "The member password of a query of sql.value is a text, {\"env\": NAME} or {\"file\": PATH}, and not for SQLite.", "password");
        }
    }

    /// <summary>sqlite, postgresql, sqlserver or odbc.</summary>
    public string Kind { get; }

    /// <summary>The file of SQLite, or the connection string without the member password.</summary>
    public string Target { get; }

    public string Query { get; }

    /// <summary>Adds the password to the parts of a connection string.</summary>
    /// <exception cref="IOException">Its file cannot be read, or its variable is not set.</exception>
    /// <exception cref="UnauthorizedAccessException">Its file may not be read.</exception>
    public void AddPassword(DbConnectionStringBuilder parts)
    {
        if (_password is { } secret)
        {
            parts[Kind == "odbc" ? "PWD" : "Password"] = SecretSource.Read(secret);
        }
    }

    /// <summary>The text without the password.</summary>
    public static string Hide(string text, DbConnectionStringBuilder parts)
        => s_secrets.Aggregate(text, (shown, name) => parts.TryGetValue(name, out object? secret) && $"{secret}" is { Length: > 0 } password ? shown.Replace(password, "…", StringComparison.Ordinal) : shown);

    private static DataObject Short(string argument)
    {
        if (argument.Split('|', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } target, { Length: > 0 } query])
        {
            // Not the argument itself, which may have a password.
            throw new InvalidValueException($"The argument of sql.value is not FILE | QUERY or KIND:CONNECTION STRING | QUERY. Give one such as {Example}.", "sql.value");
        }

        string kind = s_kinds.FirstOrDefault(each => target.StartsWith($"{each}:", StringComparison.OrdinalIgnoreCase)) ?? "";
        return new DataObject(
            KeyValuePair.Create(kind.Length > 0 ? kind : Sqlite, DataValue.From(kind.Length > 0 ? target[(kind.Length + 1)..] : target)),
            KeyValuePair.Create("query", DataValue.From(query)));
    }

    private static DataObject Object(string argument)
    {
        try
        {
            return DataValue.Parse(argument).AsObject();
        }
        catch (JsonException error)
        {
            throw new InvalidValueException($"The query of sql.value is not a JSON object: {error.Message}", "sql.value");
        }
    }
}
