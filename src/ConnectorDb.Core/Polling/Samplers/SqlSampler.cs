using ConnectorDb.Polling;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the first row of a query of an SQLite file: the value of its only column, or an object of several. The file is opened read-only.</summary>
[Sampler("sql.value", "The first row of an SQLite query.", Argument = "FILE | QUERY, such as 'shop.db | SELECT count(*) FROM sales'.")]
internal sealed class SqlSampler : Sampler
{
    /// <summary>SQLite instructions between checks for cancellation, about a tenth of a millisecond.</summary>
    private const int StepsBetweenLooks = 1000;

    /// <summary>Seconds to wait for a locked file.</summary>
    private const int Patience = 1;

    private readonly string _file;
    private readonly string _query;

    public SqlSampler(SamplerContext context)
        : base(context)
    {
        if (context.RequiredArgument.Split('|', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } file, { Length: > 0 } query])
        {
            throw new InvalidValueException($"'{context.Argument}' is not FILE | QUERY. Give one such as 'shop.db | SELECT count(*) FROM sales'.", context.Argument);
        }

        (_file, _query) = (file, query);
    }

    public override ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        try
        {
            using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = _file, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = Patience }.ConnectionString);
            connection.Open();
            raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks, _ => cancellation.IsCancellationRequested ? 1 : 0, null);
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = _query;
            using SqliteDataReader row = command.ExecuteReader();
            return !row.Read() ? throw NoValue($"The query of '{_file}' gives no row.")
                : ValueTask.FromResult(row.FieldCount == 1
                    ? Read(row, 0)
                    : Fields([.. Enumerable.Range(0, row.FieldCount).Select(i => (row.GetName(i), Read(row, i)))]));
        }
        catch (SqliteException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw NoValue($"The query of '{_file}' failed: {error.Message}", error);
        }
    }

    private DataValue Read(SqliteDataReader row, int column) => row.GetValue(column) switch
    {
        long integer => DataValue.From(integer),
        double number => DataValue.From(number),
        string text => DataValue.From(text),
        DBNull when row.FieldCount > 1 => DataValue.Null,
        DBNull => throw NoValue($"The query of '{_file}' gives NULL."),
        _ => throw NoValue($"The query of '{_file}' gives bytes; ask for a number or a text."),
    };
}
