using System.Text.RegularExpressions;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Tests.Queries;

/// <summary>The datapoints of a query, and the error that ended it.</summary>
internal sealed partial record Rows(IReadOnlyList<(double T, DataValue Value)> Points, Exception? Failure)
{
    public static Task<Rows> OfAsync(IAsyncEnumerable<Block> query) => OfAsync(() => query);

    /// <param name="query">May fail before it gives anything.</param>
    public static async Task<Rows> OfAsync(Func<IAsyncEnumerable<Block>> query)
    {
        List<(double, DataValue)> points = [];
        try
        {
            await foreach (Block block in query())
            {
                for (int i = 0; i < block.Count; i++)
                {
                    points.Add((block.Times.Span[i], block.Values[i]));
                }
            }
        }
        catch (CdbException failure)
        {
            return new Rows(points, failure);
        }

        return new Rows(points, null);
    }

    /// <summary>One row a line: the time and the values. Whether a whole number is an integer or a double does not show.</summary>
    public override string ToString()
        => WholeDouble().Replace(string.Join('\n', Points.Select(point => FormattableString.Invariant($"{point.T} {point.Value}"))), "");

    [GeneratedRegex(@"(?<=\d)\.0(?!\d)")]
    private static partial Regex WholeDouble();
}
