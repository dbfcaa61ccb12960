using System.Text.Json;

namespace ConnectorDb.Core.Protocol.Queries;

/// <summary>An array of a chart, with a number or null for each column.</summary>
internal static class ChartArray
{
    public static void Write(Utf8JsonWriter writer, string name, double?[] elements)
    {
        writer.WriteStartArray(name);
        foreach (double? element in elements)
        {
            Write(writer, element);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes one number for equal elements, and nothing if all have their default.</summary>
    public static void WriteShort(Utf8JsonWriter writer, string name, double?[] elements, Func<int, double?> standard)
    {
        if (!elements.Where((element, i) => element != standard(i)).Any())
        {
            return;
        }

        if (Array.TrueForAll(elements, element => element is not null && element == elements[0]))
        {
            writer.WritePropertyName(name);
            Write(writer, elements[0]);
        }
        else
        {
            Write(writer, name, elements);
        }
    }

    /// <summary>Returns the element of each column; null when there is no such array.</summary>
    /// <exception cref="InvalidValueException">It is no array of numbers of that length.</exception>
    public static Func<int, double?>? Read(JsonFields fields, string name, int length)
    {
        if (fields.Value(name) is not { } value)
        {
            return null;
        }

        if (value.Kind != DataKind.Array)
        {
            double? same = DoubleJson.Read(value, name);
            return _ => same;
        }

        double?[] elements = Array.ConvertAll(value.AsArray(), element => DoubleJson.Read(element, name));
        return elements.Length == length ? i => elements[i] : throw new InvalidValueException("The arrays of a chart have different lengths.", null);
    }

    private static void Write(Utf8JsonWriter writer, double? element)
    {
        if (element is { } number)
        {
            DoubleJson.Write(writer, number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
