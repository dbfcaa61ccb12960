using ConnectorDb.Columns;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>Concatenates blocks.</summary>
internal static class BlockJoin
{
    public static Block Join(IEnumerable<Block> parts)
    {
        List<Block> blocks = [.. parts];
        if (blocks.Count == 1)
        {
            return blocks[0];
        }

        BlockBuilder builder = new(blocks.Sum(block => block.Count), hasRecords: true);
        foreach (Block block in blocks)
        {
            builder.Add(block, 0, block.Count);
        }

        return builder.Build();
    }
}
