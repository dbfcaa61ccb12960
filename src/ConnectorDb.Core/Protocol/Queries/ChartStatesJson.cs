using System.Text.Json;

namespace ConnectorDb.Core.Protocol.Queries;

/// <summary>
/// Converts the texts, booleans and nulls of a chart to and from JSON: <c>states</c> has each once; <c>state</c> has for each column null, the index of
/// the state that all its datapoints have, or an array of index, count, index, count and so on, the newest last.
/// </summary>
/// <remarks>Without <c>states</c>, datapoints that are not numbers are too many different ones.</remarks>
internal static class ChartStatesJson
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<StreamSummary> columns)
    {
        Dictionary<string, int> states = new(StringComparer.Ordinal);
        foreach (StateCount state in columns.SelectMany(column => column.States ?? []))
        {
            states.TryAdd(state.State, states.Count);
        }

        if (states.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("states");
        foreach (string state in states.Keys)
        {
            writer.WriteStringValue(state);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("state");
        foreach (StreamSummary column in columns)
        {
            Write(writer, column, states);
        }

        writer.WriteEndArray();
    }

    /// <summary>The columns with their states.</summary>
    /// <exception cref="InvalidValueException">The states do not fit the columns.</exception>
    public static StreamSummary[] Read(JsonFields fields, StreamSummary[] columns)
    {
        string[]? states = fields.Array("states") is { } names ? Array.ConvertAll(names, name => name.Kind == DataKind.Text ? name.AsText() : throw Invalid()) : null;
        DataValue[]? counts = fields.Array("state");
        if (states is null || counts is null)
        {
            StateCount[]? none = Array.Exists(columns, column => column.Numbers < column.Count) ? null : [];
            return Array.ConvertAll(columns, column => column with { States = none });
        }

        return counts.Length == columns.Length
            ? [.. columns.Select((column, i) => column with { States = Read(counts[i], column, states) })]
            : throw Invalid();
    }

    private static void Write(Utf8JsonWriter writer, StreamSummary column, Dictionary<string, int> states)
    {
        switch (column.States)
        {
            case null or []:
                writer.WriteNullValue();
                break;
            case [var single] when single.Count == column.Count:
                writer.WriteNumberValue(states[single.State]);
                break;
            default:
                writer.WriteStartArray();
                foreach (StateCount state in column.States)
                {
                    writer.WriteNumberValue(states[state.State]);
                    writer.WriteNumberValue(state.Count);
                }

                writer.WriteEndArray();
                break;
        }
    }

    private static StateCount[] Read(DataValue value, StreamSummary column, string[] states)
    {
        if (value.Kind != DataKind.Array)
        {
            return value.IsNull ? [] : [new(State(value), column.Count)];
        }

        DataValue[] pairs = value.AsArray();
        return pairs.Length % 2 == 0
            ? [.. pairs.Chunk(2).Select(pair => new StateCount(State(pair[0]), pair[1].Kind == DataKind.Integer ? pair[1].AsInteger() : throw Invalid()))]
            : throw Invalid();

        string State(DataValue index) => index.Kind == DataKind.Integer && index.AsInteger() is var i && i >= 0 && i < states.Length ? states[i] : throw Invalid();
    }

    private static InvalidValueException Invalid() => new("The states of a chart are not texts with an index or pairs of index and count for each column.", null);
}
