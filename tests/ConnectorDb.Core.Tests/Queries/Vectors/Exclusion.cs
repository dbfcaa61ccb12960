using System.Text.Json;

namespace ConnectorDb.Core.Tests.Queries.Vectors;

/// <summary>Why a recorded answer says nothing about ours; null when it does.</summary>
internal static class Exclusion
{
    /// <summary>The other quirks are corrected in <see cref="Expectation"/>.</summary>
    private static readonly string[] s_incomparable = ["anytrue-reset", "script-interp-nonpositive-t"];

    public static string? OfMerge(Vector vector)
        => vector.Merge.EnumerateArray().Any(query => !query.TryGetProperty("stream", out _)) ? "a query without a stream cannot be written in the model" : null;

    public static string? OfDataset(Vector vector)
    {
        JsonElement query = vector.Query;
        JsonElement[] columns = query.TryGetProperty("dataset", out JsonElement dataset) ? dataset.EnumerateObject().Select(column => column.Value).ToArray() : [];
        return s_incomparable.Contains(vector.Quirk) ? vector.Quirk
            : columns.Append(query).Any(element => element.TryGetProperty("merge", out JsonElement merge) && merge.GetArrayLength() > 10) ? "no limit of ten streams"
            : columns.Any(column => WireQuery.Text(column, "interpolator") is "first" or "last") ? "first and last are interpolators of ours"
            : columns.Any(column => column.TryGetProperty("stream", out _) && column.TryGetProperty("merge", out _)) ? "a column with stream and merge cannot be written in the model"
            : query.TryGetProperty("i1", out _) && !query.TryGetProperty("stream", out _) ? "a T-dataset by index cannot be written in the model"
            : null;
    }
}
