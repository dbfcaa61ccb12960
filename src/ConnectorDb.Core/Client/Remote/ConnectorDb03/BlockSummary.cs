using ConnectorDb.Columns;

namespace ConnectorDb.Core.Client.Remote.ConnectorDb03;

/// <summary>Computes the summary of datapoints, which the server does not offer.</summary>
internal static class BlockSummary
{
    public static async ValueTask<StreamSummary> OfAsync(CdbPath stream, IAsyncEnumerable<Block> blocks)
    {
        StreamSummary summary = new() { Stream = stream.ToString() };
        ExactSum sum = new();
        await foreach (Block block in blocks.ConfigureAwait(false))
        {
            if (block.Count == 0)
            {
                continue;
            }

            summary = summary with
            {
                Count = summary.Count + block.Count,
                FirstT = summary.FirstT ?? block.Times.Span[0],
                LastT = block.Times.Span[^1],
            };
            for (int i = 0; i < block.Count; i++)
            {
                if (block.Values[i] is { IsNumber: true } value)
                {
                    summary = With(summary, value.AsDouble());
                    sum.Add(value.AsDouble());
                }
            }
        }

        return summary.Numbers == 0 ? summary : summary with { Sum = sum.Rounded };
    }

    private static StreamSummary With(StreamSummary summary, double number) => summary with
    {
        Numbers = summary.Numbers + 1,
        Minimum = Math.Min(summary.Minimum ?? number, number),
        Maximum = Math.Max(summary.Maximum ?? number, number),
    };
}
