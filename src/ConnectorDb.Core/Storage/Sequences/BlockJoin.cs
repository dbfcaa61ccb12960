using ConnectorDb.Columns;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>Makes one block of several.</summary>
internal static class BlockJoin
{
    public static Block Join(IEnumerable<Block> parts)
    {
        List<Block> blocks = [.. parts];
        if (blocks.Count == 1)
        {
            return blocks[0];
        }

        BlockBuilder builder = new(blocks.Sum(block => block.Count));
        foreach (Block block in blocks)
        {
            AddTo(builder, block);
        }

        return builder.Build();
    }

    private static void AddTo(BlockBuilder builder, Block block)
    {
        ReadOnlySpan<double> times = block.Times.Span;
        if (block.Values is NumberColumn numbers && block.Origins is null)
        {
            ReadOnlySpan<double> values = numbers.Values.Span;
            for (int i = 0; i < times.Length; i++)
            {
                builder.Add(times[i], values[i]);
            }

            return;
        }

        ReadOnlySpan<string?> origins = block.Origins is { } given ? given.Span : default;
        for (int i = 0; i < times.Length; i++)
        {
            builder.Add(times[i], block.Values[i], origins.IsEmpty ? null : origins[i]);
        }
    }
}
