using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>
/// The context of a node at its start. Seeds are derived from the seed of the execution by position, so that random numbers do
/// not depend on the order of evaluation.
/// </summary>
/// <param name="Memory">The memory of the execution.</param>
internal readonly record struct Activation(ulong Seed, WorkingMemory Memory)
{
    /// <summary>The context of the part with this number.</summary>
    public Activation Of(int part) => this with { Seed = Mix(Seed + ((ulong)part * Step)) };

    /// <summary>The increment of SplitMix64.</summary>
    public const ulong Step = 0x9E3779B97F4A7C15UL;

    /// <summary>The finishing steps of SplitMix64 (Steele, Lea, Flood 2014).</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
