using ConnectorDb.Columns;

namespace ConnectorDb.Core.Engine.Appending;

/// <summary>Sets each datapoint's origin; an origin supplied by the client is ignored.</summary>
internal static class Origins
{
    /// <summary>The block with the origins of the target.</summary>
    public static Block Of(Target target, Block block)
        => target.Origin is { } origin ? Stamp(block, origin) : block.ToBare();

    private static Block Stamp(Block block, string origin)
    {
        string?[] origins = new string?[block.Count];
        Array.Fill(origins, origin);
        return new Block(block.Times, block.Values, origins);
    }
}
