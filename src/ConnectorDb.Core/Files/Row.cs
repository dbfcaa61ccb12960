using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Files;

/// <summary>The rows of a query, one at a time, with columns by index. Null reads as 0 or as empty.</summary>
internal sealed class Row(sqlite3 database, sqlite3_stmt statement) : IRow, IDisposable
{
    /// <summary>Moves to the next row; false when there is none.</summary>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public bool Read()
    {
        int code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(code, database);
        }

        return code == raw.SQLITE_ROW;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    public bool Boolean(int column) => Integer(column) != 0;

    public double Real(int column) => raw.sqlite3_column_double(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string() ?? "";

    public byte[] Bytes(int column)
    {
        ReadOnlySpan<byte> blob = raw.sqlite3_column_blob(statement, column);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(blob.Length);
        blob.CopyTo(bytes);
        return bytes;
    }

    public double? RealOrNull(int column) => IsNull(column) ? null : Real(column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[]? BytesOrNull(int column) => IsNull(column) ? null : Bytes(column);

    /// <summary>All columns with their types: long, double, string, byte[] or null.</summary>
    public object?[] All()
    {
        object?[] all = new object?[raw.sqlite3_column_count(statement)];
        for (int column = 0; column < all.Length; column++)
        {
            all[column] = raw.sqlite3_column_type(statement, column) switch
            {
                raw.SQLITE_INTEGER => Integer(column),
                raw.SQLITE_FLOAT => Real(column),
                raw.SQLITE_TEXT => Text(column),
                raw.SQLITE_BLOB => Bytes(column),
                _ => null,
            };
        }

        return all;
    }

    /// <summary>Ends the query, which releases its lock and allows another one.</summary>
    public void Dispose() => raw.sqlite3_reset(statement);
}
