using System.Data;
using System.Globalization;

namespace ConnectorDb.Core.Polling.Sql;

/// <summary>The value of a row: that of its only column, or an object of several.</summary>
internal static class SqlRow
{
    /// <exception cref="FormatException">A column has no value that a stream can have; the text is the end of a sentence, with its mark.</exception>
    public static DataValue Read(IDataRecord row)
        => row.FieldCount == 1
            ? Column(row, 0)
            : DataValue.From(new DataObject([.. Enumerable.Range(0, row.FieldCount).Select(i => KeyValuePair.Create(row.GetName(i), Column(row, i)))]));

    private static DataValue Column(IDataRecord row, int column) => row.GetValue(column) switch
    {
        DBNull when row.FieldCount > 1 => DataValue.Null,
        DBNull => throw new FormatException("gives NULL."),
        bool flag => DataValue.From(flag),
        byte or sbyte or short or ushort or int or uint or long => DataValue.From(Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture)),
        float single => Number(single, row.GetName(column)),
        double number => Number(number, row.GetName(column)),
        string text => DataValue.From(text),
        decimal or ulong or System.Numerics.BigInteger => DataValue.TryParseNumber(Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture)!, out DataValue exact) ? exact : throw new FormatException("gives a number that cannot be read."),
        DateTime time => DataValue.From(time.ToString("O", CultureInfo.InvariantCulture)),
        DateTimeOffset time => DataValue.From(time.ToString("O", CultureInfo.InvariantCulture)),
        DateOnly or TimeOnly or Guid => DataValue.From(Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture)!),
        TimeSpan duration => DataValue.From(duration.TotalSeconds),
        byte[] => throw new FormatException("gives bytes; ask for a number or a text."),
        var other => throw new FormatException($"gives a value of the type {other.GetType().Name}; ask for a number or a text."),
    };

    private static DataValue Number(double number, string name)
        => double.IsFinite(number) ? DataValue.From(number) : throw new FormatException($"gives {number.ToString(CultureInfo.InvariantCulture)} in '{name}', which is not a number that a stream can have.");
}
