using ConnectorDb.Columns;

namespace ConnectorDb.Core.Engine.Arrivals;

/// <summary>Says of datapoints who wrote them, whatever they said themselves.</summary>
internal static class Origins
{
    /// <summary>The block as the target keeps it.</summary>
    public static Block Of(Target target, Block block)
        => target.Origin is { } origin ? Stamp(block, origin) : block.ToBare();

    private static Block Stamp(Block block, string origin)
    {
        string?[] origins = new string?[block.Count];
        Array.Fill(origins, origin);
        return new Block(block.Times, block.Values, origins);
    }
}
