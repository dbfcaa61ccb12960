using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Files;

/// <summary>A SQLite file format: its identification in the header and its tables.</summary>
/// <param name="ApplicationId">https://www.sqlite.org/fileformat.html#application_id</param>
/// <param name="Version">The newest version that this program knows.</param>
/// <param name="MakeTables">Creates the tables in the open transaction.</param>
internal sealed record SqliteFormat(long ApplicationId, long Version, Action<SqliteSession> MakeTables)
{
    /// <summary>Upgrades from version 1 to 2, from 2 to 3, and so on, in the open transaction.</summary>
    public IReadOnlyList<Action<SqliteSession>> Upgrades { get; init; } = [];

    /// <summary>The statements that add missing columns to a file of the newest version. Older programs ignore these columns.</summary>
    public Func<SqliteSession, IEnumerable<string>> Additions { get; init; } = _ => [];

    /// <summary>True when the file has this format, false when it is empty.</summary>
    /// <exception cref="StoreException">The file has another format, or a newer version.</exception>
    public bool IsThere(SqliteSession session, string path)
    {
        (long application, long version, long tables) = Identification(session);
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

        bool isEmpty = (application, version, tables) == (0, 0, 0);
        return isEmpty ? false : throw SqliteFaults.NotAStore(path);
    }

    /// <summary>Checks that a file can be opened in this format, without changing it. A missing or empty file can: opening makes it.</summary>
    /// <exception cref="StoreException">The file has another format, or a newer version, or the path cannot be that of a file.</exception>
    public void Check(string path)
    {
        string file = SqliteFile.Locate(path);
        if (PathCheck.FaultOf(file, "store.cdb") is { } fault)
        {
            throw new StoreException(StoreFault.Unreachable, fault, file);
        }

        if (SqliteFile.IsEmpty(file))
        {
            return;
        }

        try
        {
            using SqliteSession session = SqliteFile.Open(file, SqliteAccess.Read);
            IsThere(session, file);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_NOTADB)
        {
            throw SqliteFaults.Describe(error, file);
        }
        catch (SqliteException)
        {
            // Opening waits for others, or recovers the file.
        }
    }

    /// <summary>Creates the tables in an empty file and sets its identification, in the open transaction.</summary>
    public void Make(SqliteSession session)
    {
        MakeTables(session);
        session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        Mark(session);
    }

    /// <summary>Upgrades an older file in the open transaction.</summary>
    public void Upgrade(SqliteSession session)
    {
        foreach (Action<SqliteSession> step in Upgrades.Skip((int)VersionOf(session) - 1))
        {
            step(session);
        }

        foreach (string addition in Additions(session))
        {
            session.Execute(addition);
        }

        Mark(session);
    }

    /// <summary>True when there is nothing to upgrade.</summary>
    public bool IsCurrent(SqliteSession session) => VersionOf(session) == Version && !Additions(session).Any();

    /// <summary>True when no table or column of the newest version is missing.</summary>
    public bool HasAllTables(SqliteSession session)
    {
        using SqliteSession fresh = new(new SqliteConnection("Data Source=:memory:"));
        fresh.Connection.Open();
        Make(fresh);
        return Columns(fresh).IsSubsetOf(Columns(session));
    }

    /// <summary>The current version of the file.</summary>
    public static long VersionOf(SqliteSession session) => Identification(session).Version;

    private void Mark(SqliteSession session)
        => session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}"));

    private static HashSet<string> Columns(SqliteSession session)
        => [.. session["SELECT t.name || '.' || c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'"].All(row => row.Text(0))];

    /// <remarks>One statement reads one state, while another process may create the tables.</remarks>
    private static (long Application, long Version, long Tables) Identification(SqliteSession session)
    {
        using Statement statement = new(session.Connection, "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id, pragma_user_version");
        using Row row = statement.Query();
        row.Read();
        return (row.Integer(0), row.Integer(1), row.Integer(2));
    }
}
