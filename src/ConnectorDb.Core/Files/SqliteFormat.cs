using System.Globalization;

namespace ConnectorDb.Core.Files;

/// <summary>A kind of SQLite file: the marks in its header by which it is known, and how an empty one is made.</summary>
/// <param name="ApplicationId">https://www.sqlite.org/fileformat.html#application_id</param>
/// <param name="Version">The newest version of the format that this program knows.</param>
/// <param name="MakeTables">Makes the tables, within the transaction that is open.</param>
internal sealed record SqliteFormat(long ApplicationId, long Version, Action<SqliteSession> MakeTables)
{
    /// <summary>What makes a file of version 1 one of version 2, then of 3, …, within the transaction that is open.</summary>
    public IReadOnlyList<Action<SqliteSession>> Upgrades { get; init; } = [];

    /// <summary>Whether the file is of this kind already; false when it is empty.</summary>
    /// <exception cref="StoreException">It is something else, or of a newer version.</exception>
    public bool IsThere(SqliteSession session, string path)
    {
        long application = Number(session, "PRAGMA application_id");
        long version = VersionOf(session);
        if (application == ApplicationId && version > Version)
        {
            throw new StoreException(
                StoreFault.NewerVersion,
                $"'{path}' was written by a newer version of ConnectorDb (format {version}; this version knows {Version}). Update the module: Update-PSResource ConnectorDb.",
                path);
        }

        if (application == ApplicationId)
        {
            return true;
        }

        bool isEmpty = application == 0 && version == 0 && Number(session, "SELECT count(*) FROM sqlite_schema") == 0;
        return isEmpty ? false : throw SqliteFaults.NotAStore(path);
    }

    /// <summary>Makes the tables in an empty file and marks it, within the transaction that is open.</summary>
    public void Make(SqliteSession session)
    {
        MakeTables(session);
        session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        Mark(session);
    }

    /// <summary>Brings a file of an older version to this one, within the transaction that is open.</summary>
    public void Upgrade(SqliteSession session)
    {
        foreach (Action<SqliteSession> step in Upgrades.Skip((int)VersionOf(session) - 1))
        {
            step(session);
        }

        Mark(session);
    }

    /// <summary>The version that the file has now.</summary>
    public static long VersionOf(SqliteSession session) => Number(session, "PRAGMA user_version");

    private void Mark(SqliteSession session)
        => session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}"));

    private static long Number(SqliteSession session, string sql)
    {
        using Statement statement = new(session.Connection, sql);
        using Row row = statement.Query();
        return row.Read() ? row.Integer(0) : 0;
    }
}
