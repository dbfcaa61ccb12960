using ConnectorDb.Columns;

namespace ConnectorDb.Testing.Clients;

/// <summary>Things that tests need and do not care about.</summary>
public static class Some
{
    public static CancellationToken NoToken => CancellationToken.None;

    /// <summary>Numbers 0, 1, 2, … at the times <paramref name="firstT"/>, + 1, + 2, ….</summary>
    public static Block Numbers(int count, double firstT = 1)
    {
        BlockBuilder builder = new(count);
        for (int i = 0; i < count; i++)
        {
            builder.Add(firstT + i, DataValue.From((double)i));
        }

        return builder.Build();
    }

    public static Block Point(double t, DataValue value)
    {
        BlockBuilder builder = new();
        builder.Add(t, value);
        return builder.Build();
    }

    public static List<Datapoint> Points(IEnumerable<Block> blocks)
        => blocks.SelectMany(block => Enumerable.Range(0, block.Count).Select(i => block.At(i))).ToList();

    public static async Task<List<Datapoint>> Points(IAsyncEnumerable<Block> blocks)
    {
        List<Block> all = [];
        await foreach (Block block in blocks)
        {
            all.Add(block);
        }

        return Points(all);
    }
}
