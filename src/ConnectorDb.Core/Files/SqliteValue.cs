namespace ConnectorDb.Core.Files;

/// <summary>An argument of a statement, without boxing of numbers.</summary>
/// <param name="Content">A text, bytes, one of the marks below, or null.</param>
/// <param name="Bits">The number of a mark.</param>
internal readonly record struct SqliteValue(object? Content, long Bits = 0)
{
    public static readonly object Integer = new();

    public static readonly object Real = new();

    /// <summary>Converts a value of <see cref="Row.All"/>.</summary>
    public static SqliteValue Of(object? column) => column switch
    {
        long number => number,
        double number => number,
        _ => new SqliteValue(column),
    };

    public static implicit operator SqliteValue(long number) => new(Integer, number);

    public static implicit operator SqliteValue(bool flag) => new(Integer, flag ? 1 : 0);

    public static implicit operator SqliteValue(double number) => new(Real, BitConverter.DoubleToInt64Bits(number));

    public static implicit operator SqliteValue(double? number) => number is { } given ? given : default(SqliteValue);

    public static implicit operator SqliteValue(string? text) => new(text);

    public static implicit operator SqliteValue(byte[]? bytes) => new(bytes);
}
