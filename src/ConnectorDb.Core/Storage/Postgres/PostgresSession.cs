using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>An open connection, for one thread at a time. Parameters are <c>$1</c>, <c>$2</c>, ….</summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : IDisposable
{
    public NpgsqlConnection Connection { get; } = connection;

    /// <summary>Cancels the running statement, and prevents later ones.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>True after the first statement.</summary>
    public bool HasRead { get; private set; }

    /// <summary>Converts the first row; null when there is none.</summary>
    public T? First<T>(string sql, Func<PostgresRow, T> convert, params ReadOnlySpan<PostgresValue> arguments)
        where T : class
        => All(sql, convert, arguments) is [var first, ..] ? first : null;

    /// <summary>Converts the first column of the first row.</summary>
    public T Value<T>(string sql, params ReadOnlySpan<PostgresValue> arguments) => All(sql, static row => row.Value<T>(0), arguments)[0];

    /// <summary>Converts all rows.</summary>
    public List<T> All<T>(string sql, Func<PostgresRow, T> convert, params ReadOnlySpan<PostgresValue> arguments)
    {
        using NpgsqlCommand command = CommandOf(sql, arguments);
        return Cancellable(
            command,
            () =>
            {
                using NpgsqlDataReader reader = command.ExecuteReader();
                PostgresRow row = new(reader);
                List<T> all = [];
                while (reader.Read())
                {
                    all.Add(convert(row));
                }

                HasRead = true;
                return all;
            });
    }

    /// <summary>Runs a statement; returns the number of changed rows.</summary>
    public int Run(string sql, params ReadOnlySpan<PostgresValue> arguments)
    {
        using NpgsqlCommand command = CommandOf(sql, arguments);
        return Cancellable(command, command.ExecuteNonQuery);
    }

    public NpgsqlCommand CommandOf(string sql, params ReadOnlySpan<PostgresValue> arguments)
    {
        Cancellation.ThrowIfCancellationRequested();
        NpgsqlCommand command = new(sql, Connection);
        foreach (PostgresValue argument in arguments)
        {
            command.Parameters.Add(argument.ToParameter());
        }

        return command;
    }

    public void Dispose() => Connection.Dispose();

    private T Cancellable<T>(NpgsqlCommand command, Func<T> work)
    {
        if (!Cancellation.CanBeCanceled)
        {
            return work();
        }

        using CancellationTokenRegistration registration = Cancellation.Register(command.Cancel);
        try
        {
            return work();
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            Cancellation.ThrowIfCancellationRequested();
            throw;
        }
    }
}
