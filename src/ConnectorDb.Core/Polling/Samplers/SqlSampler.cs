using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using ConnectorDb.Core.Polling.Sql;
using ConnectorDb.Polling;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>
/// Samples the first row of a query: the value of its only column, or an object of several. SQLite and PostgreSQL are opened read only.
/// The connection to a server stays open, and is opened again after any failure.
/// </summary>
[Sampler("sql.value", "The first row of a query of SQLite, PostgreSQL, SQL Server or ODBC.", Argument = "FILE | QUERY for SQLite, such as 'shop.db | SELECT count(*) FROM sales'; postgresql:, sqlserver: or odbc: and a connection string | QUERY; or a JSON object with one of these as member, query, and password (a text, {\"env\": NAME} or {\"file\": PATH}).")]
internal sealed class SqlSampler : Sampler
{
    /// <summary>SQLite instructions between checks for cancellation, about a tenth of a millisecond.</summary>
    private const int StepsBetweenLooks = 1000;

    /// <summary>Seconds to wait for a locked file.</summary>
    private const int Patience = 1;

    private readonly SqlRequest _request;
    private readonly ISqlDatabase? _database;
    private DbConnection? _connection;

    public SqlSampler(SamplerContext context)
        : base(context)
    {
        _request = new SqlRequest(context.RequiredArgument);
        try
        {
            _database = _request.Kind == SqlRequest.Sqlite ? null : Open(_request.Kind, _request.Target);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or NotSupportedException)
        {
            throw new InvalidValueException($"The connection string for {_request.Kind} is not valid: {error.Message}", _request.Kind);
        }
    }

    private string Place => _database?.Place ?? _request.Target;

    public override ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
        => _database is { } database ? new(OfServerAsync(database, cancellation)) : ValueTask.FromResult(OfFile(cancellation));

    public override void Dispose()
    {
        Close();
        base.Dispose();
    }

    // In a method for each, so that a package is loaded only when it is used.
    private static ISqlDatabase Open(string kind, string target) => kind switch
    {
        "postgresql" => Postgres(target),
        "sqlserver" => SqlServer(target),
        _ => Odbc(target),
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PostgresDatabase Postgres(string target) => new(target);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SqlServerDatabase SqlServer(string target) => new(target);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OdbcDatabase Odbc(string target) => new(target);

    private DataValue OfFile(CancellationToken cancellation)
    {
        try
        {
            using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = _request.Target, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = Patience }.ConnectionString);
            connection.Open();
            raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks, _ => cancellation.IsCancellationRequested ? 1 : 0, null);
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = _request.Query;
            using SqliteDataReader row = command.ExecuteReader();
            return row.Read() ? Read(row) : throw NoRow();
        }
        catch (SqliteException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw NoValue($"The query of '{Place}' failed: {error.Message}", error);
        }
    }

    private async Task<DataValue> OfServerAsync(ISqlDatabase database, CancellationToken cancellation)
    {
        DbConnectionStringBuilder parts = database.Parts;
        bool isAnswered = false;
        try
        {
            if (_connection is null)
            {
                _request.AddPassword(parts);
                _connection = database.Connect(parts.ConnectionString);
                await _connection.OpenAsync(cancellation).ConfigureAwait(false);
                if (database.ReadOnly is { } statement)
                {
                    await ExecuteAsync(_connection, statement, cancellation).ConfigureAwait(false);
                }
            }

            DataValue value = await AskAsync(_connection, cancellation).ConfigureAwait(false);
            isAnswered = true;
            return value;
        }
        catch (Exception error) when (error is DbException or InvalidOperationException or ArgumentException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw NoValue($"The query of '{Place}' failed: {SqlRequest.Hide((error.InnerException is System.Net.Sockets.SocketException cause ? cause : error).Message, parts)}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NoValue($"The password for '{Place}' cannot be read: {error.Message}", error);
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException)
        {
            throw new NotAvailableException($"{_request.Kind} needs a driver manager, such as the package unixODBC, and the driver of the database: {error.GetBaseException().Message}", _request.Kind);
        }
        finally
        {
            if (!isAnswered)
            {
                Close();
            }
        }
    }

    private async Task<DataValue> AskAsync(DbConnection connection, CancellationToken cancellation)
    {
        DbCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            (command.CommandText, command.CommandTimeout) = (_request.Query, 0);

            // ODBC has no asynchronous calls, so only this ends them.
            using CancellationTokenRegistration stop = cancellation.Register(command.Cancel);
            DbDataReader row = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellation).ConfigureAwait(false);
            await using (row.ConfigureAwait(false))
            {
                return await row.ReadAsync(cancellation).ConfigureAwait(false) ? Read(row) : throw NoRow();
            }
        }
    }

    private static async Task ExecuteAsync(DbConnection connection, string statement, CancellationToken cancellation)
    {
        DbCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    private DataValue Read(DbDataReader row)
    {
        try
        {
            return SqlRow.Read(row);
        }
        catch (FormatException error)
        {
            throw NoValue($"The query of '{Place}' {error.Message}", error);
        }
    }

    private SampleException NoRow() => NoValue($"The query of '{Place}' gives no row.");

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
