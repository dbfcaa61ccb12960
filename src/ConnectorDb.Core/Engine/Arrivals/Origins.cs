using ConnectorDb.Columns;

namespace ConnectorDb.Core.Engine.Arrivals;

/// <summary>Says of datapoints who wrote them, whatever they said themselves.</summary>
internal static class Origins
{
    /// <summary>All written by the device of the path.</summary>
    public static Block Stamp(Block block, string origin)
    {
        string?[] origins = new string?[block.Count];
        Array.Fill(origins, origin);
        return new Block(block.Times, block.Values, origins);
    }

    /// <summary>All written by the stream's own device.</summary>
    public static Block Without(Block block) => block.Origins is null ? block : new Block(block.Times, block.Values);
}
