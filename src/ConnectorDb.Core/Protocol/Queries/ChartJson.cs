using System.Text.Json;

namespace ConnectorDb.Core.Protocol.Queries;

/// <summary>
/// Converts the columns of a chart to and from JSON: an object with an array for each property, or null for a stream that is missing.
/// <c>from</c> is relative to <c>start</c>; <c>length</c>, and the times <c>t1</c> and <c>t2</c> of the first and last datapoint, are relative to <c>from</c>.
/// </summary>
/// <remarks>
/// An array of equal elements is written as one of them, and left out when it can be told from another one (<see cref="Defaults"/>), because
/// charts of a page are fetched often.
/// </remarks>
public static class ChartJson
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<StreamSummary>? columns)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (columns is null)
        {
            writer.WriteNullValue();
            return;
        }

        double start = columns.Count == 0 ? 0 : columns[0].FromT!.Value;
        double?[] from = [.. columns.Select(column => (double?)RelativeTime.Of(column.FromT!.Value, start))];
        writer.WriteStartObject();
        writer.WriteNumber("start", start);
        ChartArray.Write(writer, "from", from);
        ChartArray.WriteShort(writer, "length", Relative(column => column.ToT), _ => Defaults.Length);
        ChartArray.WriteShort(writer, "t1", Relative(column => column.FirstT), _ => Defaults.FirstT);
        ChartArray.WriteShort(writer, "t2", Relative(column => column.LastT), i => RelativeTime.Of(columns[i].FirstT!.Value, columns[i].FromT!.Value));
        ChartArray.WriteShort(writer, "count", [.. columns.Select(column => (double?)column.Count)], _ => Defaults.Count);
        ChartArray.WriteShort(writer, "numbers", [.. columns.Select(column => (double?)column.Numbers)], i => columns[i].Count);
        ChartArray.WriteShort(writer, "min", [.. columns.Select(column => column.Minimum)], _ => null);
        ChartArray.WriteShort(writer, "max", [.. columns.Select(column => column.Maximum)], i => columns[i].Minimum);
        ChartArray.WriteShort(writer, "sum", [.. columns.Select(column => column.Sum)], i => columns[i].Minimum);
        ChartArray.WriteShort(writer, "booleans", [.. columns.Select(column => (double?)column.Booleans)], _ => Defaults.Booleans);
        ChartArray.WriteShort(writer, "trues", [.. columns.Select(column => (double?)column.Trues)], i => Defaults.Trues(columns[i]));
        ChartStatesJson.Write(writer, columns);
        writer.WriteEndObject();

        double?[] Relative(Func<StreamSummary, double?> time) => [.. columns.Select(column => (double?)RelativeTime.Of(time(column)!.Value, column.FromT!.Value))];
    }

    /// <exception cref="InvalidValueException">The value is not a chart.</exception>
    public static IReadOnlyList<StreamSummary>? Read(DataValue value, CdbPath stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (value.IsNull)
        {
            return null;
        }

        JsonFields fields = JsonFields.Of(value, "A chart");
        double?[] from = fields.Array("from") is { } times ? Array.ConvertAll(times, time => DoubleJson.Read(time, "from")) : throw new InvalidValueException("A chart needs an array 'from'.", null);
        double start = fields.Number("start") ?? 0;
        string path = stream.ToString();
        (Func<int, double?>? length, Func<int, double?>? first, Func<int, double?>? last) = (Of("length"), Of("t1"), Of("t2"));
        (Func<int, double?>? count, Func<int, double?>? numbers) = (Of("count"), Of("numbers"));
        (Func<int, double?>? minimum, Func<int, double?>? maximum, Func<int, double?>? sum) = (Of("min"), Of("max"), Of("sum"));
        (Func<int, double?>? booleans, Func<int, double?>? trues) = (Of("booleans"), Of("trues"));
        StreamSummary[] columns = new StreamSummary[from.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            double edge = start + (from[i] ?? 0);
            double? t1 = edge + (first?.Invoke(i) ?? Defaults.FirstT);
            long datapoints = (long)(count?.Invoke(i) ?? Defaults.Count);
            double? least = minimum?.Invoke(i);
            columns[i] = new StreamSummary
            {
                Stream = path,
                FromT = edge,
                ToT = edge + (length?.Invoke(i) ?? Defaults.Length),
                FirstT = t1,
                LastT = last is null ? t1 : edge + last(i),
                Count = datapoints,
                Numbers = (long)(numbers is null ? datapoints : numbers(i) ?? 0),
                Minimum = least,
                Maximum = maximum is null ? least : maximum(i),
                Sum = sum is null ? least : sum(i),
                Booleans = (long)(booleans?.Invoke(i) ?? Defaults.Booleans),
            };
            columns[i] = columns[i] with { Trues = (long)(trues is null ? Defaults.Trues(columns[i]) : trues(i) ?? 0) };
        }

        return ChartStatesJson.Read(fields, columns);

        Func<int, double?>? Of(string name) => ChartArray.Read(fields, name, from.Length);
    }

    /// <summary>The elements of arrays that are left out: those of one datapoint. The others are those of another array.</summary>
    private static class Defaults
    {
        public const double Length = 0;

        public const double FirstT = 0;

        public const double Count = 1;

        public const double Booleans = 0;

        /// <summary>Of booleans alone the sum, which counts each true as 1.</summary>
        public static double Trues(StreamSummary column) => column.Booleans > 0 && column.Booleans == column.Numbers ? column.Sum ?? 0 : 0;
    }
}
