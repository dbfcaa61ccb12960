namespace ConnectorDb.Core.Budgets;

/// <summary>The limits of one query, and of all queries of a user that run at the same time. See docs/design/033-query-budgets.md.</summary>
public sealed record QueryLimits
{
    /// <summary>A text of .NET has at most 2 GB, so that a value of this size can still be written as JSON.</summary>
    private const long MaxEmbeddedValue = 256L << 20;
    private const long MinEmbeddedMemory = 256L << 20;
    private const int EmbeddedShare = 4;

    /// <summary>The limits of a store that is opened in this process: its memory is protected, nothing else is limited.</summary>
    public static QueryLimits Embedded { get; } = OfThisMachine();

    /// <summary>Maximum size of one value that a transform makes, in bytes of memory.</summary>
    public required long ValueSize { get; init; }

    /// <summary>Maximum memory of the intermediate values and the state of a query, in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Maximum number of streams that a query reads, and of columns of a dataset.</summary>
    public int Streams { get; init; } = int.MaxValue;

    /// <summary>Maximum number of datapoints or rows that a query returns.</summary>
    public long Rows { get; init; } = long.MaxValue;

    /// <summary>Maximum time that a query computes, without the time in which it waits for its reader.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.MaxValue;

    /// <summary>Maximum memory of all running queries of a user, in bytes.</summary>
    public long UserMemory { get; init; } = long.MaxValue;

    /// <summary>Maximum memory of all running queries of all users, in bytes.</summary>
    public long AllMemory { get; init; } = long.MaxValue;

    /// <summary>Maximum number of queries of a user that compute at the same time; further ones wait.</summary>
    public int UserQueries { get; init; } = int.MaxValue;

    /// <summary>Maximum number of queries of a user that have begun and not ended, those that wait for their turn included.</summary>
    public int UserOpenQueries { get; init; } = int.MaxValue;

    /// <summary>Callers without a login share these limits, in place of the queries of one user.</summary>
    public bool AreOfNobody { get; init; }

    /// <summary>The setting that changes the property of a name; null when the limits cannot be changed.</summary>
    public Func<string, string>? SettingOf { get; init; }

    /// <summary>Some limit is about several queries together.</summary>
    internal bool AreShared => AllMemory != long.MaxValue || UserMemory != long.MaxValue || UserQueries != int.MaxValue || UserOpenQueries != int.MaxValue;

    private static QueryLimits OfThisMachine()
    {
        long memory = Math.Max(MinEmbeddedMemory, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / EmbeddedShare);
        return new() { ValueSize = Math.Min(memory, MaxEmbeddedValue), Memory = memory };
    }
}
