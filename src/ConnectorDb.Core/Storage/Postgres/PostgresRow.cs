using ConnectorDb.Core.Files;
using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The current row of a query.</summary>
internal sealed class PostgresRow(NpgsqlDataReader reader) : IRow
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    public long Integer(int column) => reader.GetInt64(column);

    public bool Boolean(int column) => reader.GetBoolean(column);

    public double Real(int column) => reader.GetDouble(column);

    public string Text(int column) => reader.GetString(column);

    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

    /// <summary>The value of a column, for types that other databases do not have.</summary>
    public T Value<T>(int column) => reader.GetFieldValue<T>(column);
}
