using System.Globalization;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Tests.PipeScript;

/// <summary>Datapoints as blocks, in the ways in which they may come.</summary>
internal static class Blocks
{
    /// <summary>One block with the narrowest column.</summary>
    public static Block Narrow(IEnumerable<Datapoint> points)
    {
        BlockBuilder builder = new();
        foreach (Datapoint point in points)
        {
            builder.Add(point.T, point.Value);
        }

        return builder.Build();
    }

    /// <summary>One block with a column of any values, which no loop over numbers takes.</summary>
    public static Block Wide(IEnumerable<Datapoint> points)
        => new(points.Select(point => point.T).ToArray(), new ValueColumn(points.Select(point => point.Value).ToArray()));

    /// <summary>A block for each datapoint.</summary>
    public static IEnumerable<Block> Single(IEnumerable<Datapoint> points) => points.Select(point => Narrow([point]));

    /// <summary>JSON, but with names for the numbers that JSON cannot hold, and without a difference between 1 and 1.0.</summary>
    public static string Show(DataValue value) => value.Kind switch
    {
        DataKind.Integer or DataKind.Number => value.AsDouble().ToString("R", CultureInfo.InvariantCulture),
        DataKind.Array => $"[{string.Join(",", value.AsArray().Select(Show))}]",
        DataKind.Object => $"{{{string.Join(",", value.AsObject().OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}:{Show(m.Value)}"))}}}",
        _ => value.ToJson(),
    };
}
