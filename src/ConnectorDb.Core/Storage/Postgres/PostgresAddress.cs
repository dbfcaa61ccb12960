using System.Globalization;
using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The address of a database: a connection string of Npgsql, or <c>postgres://user@host:port/database</c>.</summary>
internal sealed class PostgresAddress
{
    /// <summary>PostgreSQL has 100 connections by default, which several servers share.</summary>
    private const int MaxPoolSize = 30;

    private readonly NpgsqlConnectionStringBuilder _settings;

    private PostgresAddress(NpgsqlConnectionStringBuilder settings) => _settings = settings;

    /// <summary>The most connections at once.</summary>
    public int PoolSize => _settings.ContainsKey("Maximum Pool Size") ? _settings.MaxPoolSize : MaxPoolSize;

    /// <summary>The address without the other settings.</summary>
    public string Location
    {
        get
        {
            string user = _settings.Username is { } name ? $"{Uri.EscapeDataString(name)}@" : "";
            string port = _settings.Port == NpgsqlConnection.DefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{_settings.Port}");
            return $"postgres://{user}{_settings.Host}{port}/{Uri.EscapeDataString(_settings.Database ?? _settings.Username ?? "")}";
        }
    }

    /// <exception cref="InvalidValueException">It is no address, or it has a password.</exception>
    public static PostgresAddress Parse(string text)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = text.Contains("://", StringComparison.Ordinal) ? OfUrl(text) : new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new InvalidValueException($"The address of the database is not valid: {error.Message.TrimEnd('.')}. Give postgres://user@host:5432/database, or a connection string such as 'Host=host;Username=user;Database=database'.", null);
        }

        if (settings.Password is not null)
        {
            throw new InvalidValueException("The address of the database has a password, which the list of processes and the history of the shell would show. Remove it, and set the environment variable PGPASSWORD, or write the password to a file that PGPASSFILE names.", null);
        }

        return string.IsNullOrEmpty(settings.Host)
            ? throw new InvalidValueException("The address of the database has no host. Give postgres://user@host:5432/database.", null)
            : new PostgresAddress(settings);
    }

    /// <summary>Makes a pool of connections; none is opened. Of several hosts, the primary is used.</summary>
    public NpgsqlDataSource CreateSource()
    {
        NpgsqlConnectionStringBuilder settings = new(_settings.ConnectionString)
        {
            ApplicationName = _settings.ApplicationName ?? "ConnectorDb",
            SearchPath = PostgresSchema.Name,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
        };
        settings.MaxPoolSize = PoolSize;

        if (!settings.Host!.Contains(',', StringComparison.Ordinal))
        {
            return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
        }

        // The driver takes this setting of several hosts elsewhere. A store is written, so it is always the same.
        settings.Remove("Target Session Attributes");

        // After a promotion, the new primary is asked again within a second; Npgsql waits for ten.
        settings.HostRecheckSeconds = 1;
        NpgsqlDataSourceBuilder builder = new(settings.ConnectionString);
        PrimaryTimeline timeline = new(settings, Location);
        builder.UsePhysicalConnectionInitializer(timeline.Check, timeline.CheckAsync);
        return builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary);
    }

    /// <summary>Makes a pool of connections to another node of the same cluster, with the same settings.</summary>
    public NpgsqlDataSource CreateSource(string host, int port)
    {
        NpgsqlConnectionStringBuilder settings = new(_settings.ConnectionString) { Host = host, Port = port };
        return new PostgresAddress(settings).CreateSource();
    }

    /// <remarks>Several hosts are separated by commas, which <see cref="Uri"/> does not read.</remarks>
    private static NpgsqlConnectionStringBuilder OfUrl(string text)
    {
        NpgsqlConnectionStringBuilder settings = [];
        string rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        if (rest.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query)
        {
            foreach (string option in rest[(query + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] parts = option.Split('=', 2);
                settings[parts[0]] = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : throw new FormatException("A setting after '?' has no value");
            }

            rest = rest[..query];
        }

        if (rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash)
        {
            settings.Database = slash + 1 < rest.Length ? Uri.UnescapeDataString(rest[(slash + 1)..]) : null;
            rest = rest[..slash];
        }

        if (rest.LastIndexOf('@') is >= 0 and var at)
        {
            string[] login = rest[..at].Split(':', 2);
            settings.Username = Uri.UnescapeDataString(login[0]);
            settings.Password = login.Length == 2 ? Uri.UnescapeDataString(login[1]) : settings.Password;
            rest = rest[(at + 1)..];
        }

        if (!rest.Contains(',', StringComparison.Ordinal) && rest.LastIndexOf(':') is >= 0 and var colon && !rest.EndsWith(']'))
        {
            settings.Port = int.Parse(rest[(colon + 1)..], CultureInfo.InvariantCulture);
            rest = rest[..colon];
        }

        settings.Host = rest.Trim('[', ']');
        return settings;
    }
}
