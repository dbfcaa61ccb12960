using System.Text.Json;

namespace ConnectorDb.Core.Tests.Queries.Vectors;

/// <summary>Why a recorded answer says nothing about ours; null when it does.</summary>
internal static class Exclusion
{
    /// <summary>The other quirks are corrected in <see cref="Expectation"/>.</summary>
    private static readonly string[] s_incomparable = ["anytrue-reset", "script-interp-nonpositive-t"];

    public static string? OfMerge(Vector vector)
        => vector.Merge.GetArrayLength() > 10 ? "no limit of ten streams" : null;

    public static string? OfDataset(Vector vector)
    {
        JsonElement query = vector.Query;
        JsonElement[] columns = query.TryGetProperty("dataset", out JsonElement dataset) ? dataset.EnumerateObject().Select(column => column.Value).ToArray() : [];
        return s_incomparable.Contains(vector.Quirk) ? vector.Quirk
            : columns.Append(query).Any(element => element.TryGetProperty("merge", out JsonElement merge) && merge.GetArrayLength() > 10) ? "no limit of ten streams"
            : columns.Append(query).Any(element => WireQuery.Number(element, "limit") != 0 && element.TryGetProperty("i1", out _)) ? "a limit applies to ranges by index"
            : columns.Any(column => WireQuery.Text(column, "interpolator") is "first" or "last") ? "first and last are interpolators of ours"
            : null;
    }
}
