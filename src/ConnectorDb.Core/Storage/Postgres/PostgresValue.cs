using Npgsql;
using NpgsqlTypes;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>An argument of a statement. Null has a type, too, so that a statement is prepared once.</summary>
internal readonly record struct PostgresValue
{
    /// <summary>A number, because a field of the driver's type would load the driver wherever the types of this assembly are listed.</summary>
    private readonly int _type;

    private PostgresValue(object? content, NpgsqlDbType type)
    {
        Content = content;
        _type = (int)type;
    }

    public object? Content { get; }

    public NpgsqlDbType Type => (NpgsqlDbType)_type;

    public static implicit operator PostgresValue(long number) => new(number, NpgsqlDbType.Bigint);

    public static implicit operator PostgresValue(int number) => new(number, NpgsqlDbType.Integer);

    public static implicit operator PostgresValue(bool flag) => new(flag, NpgsqlDbType.Boolean);

    public static implicit operator PostgresValue(double number) => new(number, NpgsqlDbType.Double);

    public static implicit operator PostgresValue(double? number) => new(number, NpgsqlDbType.Double);

    public static implicit operator PostgresValue(string? text) => new(text, NpgsqlDbType.Text);

    public static implicit operator PostgresValue(byte[]? bytes) => new(bytes, NpgsqlDbType.Bytea);

    public static implicit operator PostgresValue(Guid id) => new(id, NpgsqlDbType.Uuid);

    /// <summary>A column of values, for <c>unnest</c>.</summary>
    public static PostgresValue Array<T>(T[] values, NpgsqlDbType type) => new(values, NpgsqlDbType.Array | type);

    public NpgsqlParameter ToParameter() => new() { Value = Content ?? DBNull.Value, NpgsqlDbType = Type };
}
