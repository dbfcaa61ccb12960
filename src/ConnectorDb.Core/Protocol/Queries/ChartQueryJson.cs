using System.Globalization;
using System.Text.Json;
using ConnectorDb.Core.Protocol.Tree;

namespace ConnectorDb.Core.Protocol.Queries;

/// <summary>
/// Converts queries of charts to and from JSON: those of a stream, with <c>columns</c>, a number, or <c>every</c>, seconds or a calendar
/// step such as <c>1d</c>, and <c>timezone</c>.
/// </summary>
public static class ChartQueryJson
{
    public static void Write(Utf8JsonWriter writer, ChartQuery query)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(query);
        writer.WriteStartObject();
        DataQueryJson.WriteFields(writer, query.Range);
        DataQueryJson.WriteNumber(writer, "columns", query.Columns);
        DataQueryJson.WriteNumber(writer, "every", query.Every);
        writer.WriteIfGiven("every", query.Step?.ToString());
        writer.WriteIfGiven("timezone", query.TimeZone);
        writer.WriteEndObject();
    }

    /// <summary>Writes the queries of a request.</summary>
    public static void WriteAll(Utf8JsonWriter writer, IReadOnlyList<ChartQuery> queries)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(queries);
        writer.WriteStartArray();
        foreach (ChartQuery query in queries)
        {
            Write(writer, query);
        }

        writer.WriteEndArray();
    }

    /// <summary>Reads the queries of a request.</summary>
    /// <exception cref="InvalidValueException">A field has the wrong type, or there are too many queries.</exception>
    public static ChartQuery[] ReadAll(DataValue[] queries)
    {
        ArgumentNullException.ThrowIfNull(queries);
        return queries.Length <= ChartQuery.MaxQueries
            ? Array.ConvertAll(queries, query => Read(JsonFields.Of(query, "The query of a chart")))
            : throw new InvalidValueException($"There are {queries.Length} charts in the request. Ask for {ChartQuery.MaxQueries} or fewer at a time.", null);
    }

    /// <exception cref="InvalidValueException">A field has the wrong type.</exception>
    public static ChartQuery Read(JsonFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ChartQuery query = new(DataQueryJson.Read(fields));
        query = fields.Value("every") is { Kind: DataKind.Text } text ? WithLength(query, text.AsText()) : query with { Every = fields.Number("every") };
        query = query with
        {
            Columns = Columns(fields.Integer("columns")),
            TimeZone = fields.Text("timezone") is { Length: > 0 } zone ? zone : null,
        };
        fields.RefuseOthers("of the query of a chart");
        return query;
    }

    /// <summary>Reads the parameters of an address.</summary>
    /// <param name="range">The range in the same address.</param>
    /// <param name="parameter">Returns the value of a parameter, or null or an empty string.</param>
    /// <exception cref="InvalidRangeException">A number is invalid.</exception>
    public static ChartQuery Read(DataQuery range, Func<string, string?> parameter)
    {
        ArgumentNullException.ThrowIfNull(range);
        ArgumentNullException.ThrowIfNull(parameter);
        return WithLength(new ChartQuery(range), parameter("every")) with
        {
            Columns = parameter("columns") is not { Length: > 0 } text ? null
                : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long columns) ? Columns(columns)
                : throw new InvalidRangeException($"Could not parse columns parameter: '{text}' is not a whole number.", range.Stream),
            TimeZone = parameter("timezone") is { Length: > 0 } zone ? zone : null,
        };
    }

    private static int? Columns(long? given) => given is { } columns ? (int)Math.Clamp(columns, 0, int.MaxValue) : null;

    private static ChartQuery WithLength(ChartQuery query, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return query;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
        {
            return query with { Every = seconds };
        }

        return CalendarStep.Parse(text) is { } step
            ? query with { Step = step }
            : throw new InvalidRangeException($"The length '{text}' of a column is neither a number of seconds nor a calendar step such as \"1d\", \"1w\", \"1mo\", \"1q\" or \"1y\".", query.Range.Stream);
    }
}
