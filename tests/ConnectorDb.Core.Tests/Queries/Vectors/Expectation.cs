using System.Text.Json;

namespace ConnectorDb.Core.Tests.Queries.Vectors;

/// <summary>Compares an answer with the recorded one, after the corrections that were decided.</summary>
internal static class Expectation
{
    private static readonly string[] s_ofPoints = ["before", "after", "closest"];

    /// <summary>The difference from the expectation; null when there is none.</summary>
    public static string? Check(Vector vector, Rows rows, IReadOnlyList<(double T, DataValue Value)> expected)
    {
        if (!IsMeant(vector.Error, rows.Failure))
        {
            return $"should have given {(vector.Error is null ? "no error" : $"a {vector.Error} error")}, gave {rows.Failure?.ToString() ?? "none"}";
        }

        if (rows.Points.Count != expected.Count)
        {
            return $"{expected.Count} results expected, {rows.Points.Count} came:\n{rows}";
        }

        for (int i = 0; i < expected.Count; i++)
        {
            if (expected[i].T != rows.Points[i].T || !AreEqual(expected[i].Value, rows.Points[i].Value, vector.IsApproximate))
            {
                return $"result {i} should be {expected[i]}, is {rows.Points[i]}";
            }
        }

        return null;
    }

    public static string? CheckDataset(Vector vector, Rows rows)
    {
        JsonElement query = vector.Query;
        List<(double T, DataValue Value)> expected = vector.Output;
        bool hasPostTransform = query.TryGetProperty("posttransform", out _);
        string[] firstRowDiffers = query.TryGetProperty("dataset", out JsonElement columns)
            ? columns.EnumerateObject().Where(column => FirstRowDiffers(vector, column.Value)).Select(column => column.Name).ToArray()
            : [];
        if (!hasPostTransform)
        {
            expected = expected.Where((row, index) => (index == 0 && firstRowDiffers.Length > 0) || columns.EnumerateObject().All(column => HasValue(row.Value, column))).ToList();
        }

        string? difference = Check(vector, rows, expected);
        if (difference is null || firstRowDiffers.Length == 0 || expected.Count == 0)
        {
            return difference;
        }

        int surplus = rows.Points.Count - (expected.Count - 1);
        return surplus is 0 or 1
            ? Check(vector, rows with { Points = rows.Points.Skip(surplus).ToList() }, expected.Skip(1).ToList())
            : difference;
    }

    /// <summary>Errors of the first datapoints came while the original set the query up.</summary>
    private static bool IsMeant(string? error, Exception? failure) => error switch
    {
        null => failure is null,
        "parse" => failure is ScriptSyntaxException,
        "runtime" => failure is ScriptRuntimeException,
        _ => failure is InvalidRangeException or InvalidValueException or NotFoundException or ScriptSyntaxException or ScriptRuntimeException,
    };

    private static bool AreEqual(DataValue expected, DataValue actual, bool isApproximate)
    {
        if (!isApproximate)
        {
            return expected == actual;
        }

        return expected.Kind switch
        {
            DataKind.Integer or DataKind.Number => actual.IsNumber && Math.Abs(expected.AsDouble() - actual.AsDouble()) <= 1e-12 * Math.Abs(expected.AsDouble()),
            DataKind.Array => actual.Kind == DataKind.Array && expected.AsArray().Length == actual.AsArray().Length
                && expected.AsArray().Zip(actual.AsArray()).All(pair => AreEqual(pair.First, pair.Second, isApproximate)),
            DataKind.Object => actual.Kind == DataKind.Object && expected.AsObject().Count == actual.AsObject().Count
                && expected.AsObject().All(member => actual.AsObject().TryGetValue(member.Key, out DataValue value) && AreEqual(member.Value, value, isApproximate)),
            _ => expected == actual,
        };
    }

    /// <summary>The original lets datapoints from before the dataset into the first row of an aggregating column without a range; we do not.</summary>
    private static bool FirstRowDiffers(Vector vector, JsonElement column)
        => WireQuery.HasWholeSource(column)
           && !s_ofPoints.Contains(WireQuery.Text(column, "interpolator"))
           && WireQuery.Sources(column).Any(stream => vector.HasPointUpTo(stream, WireQuery.Number(vector.Query, "t1")));

    private static bool HasValue(DataValue row, JsonProperty column)
        => (column.Value.TryGetProperty("allownil", out JsonElement allow) && allow.GetBoolean())
           || (row.AsObject().TryGetValue(column.Name, out DataValue value) && !value.IsNull);
}
