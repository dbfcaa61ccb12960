namespace ConnectorDb.Polling;

/// <summary>
/// How an item stands. Each of its slots, the times at which it is due, is counted once: as a value, as an error, or as missed.
/// </summary>
public sealed record PollItemStatus
{
    public required PollItem Item { get; init; }

    public string Name => Item.Name;

    public string Key => Item.Key;

    public string? Argument => Item.Argument;

    public TimeSpan Interval => Item.Interval;

    public TimeSpan? Timeout => Item.Timeout;

    public string? Stream => Item.Stream;

    public string? Unit => Item.Unit;

    public IReadOnlyDictionary<string, string> Tags => Item.Tags;

    /// <summary>The last value, as PowerShell has it; null when there is none yet.</summary>
    public object? LastValue { get; init; }

    /// <summary>The time of <see cref="LastValue"/>.</summary>
    public DateTimeOffset? LastTime { get; init; }

    /// <summary>Null when it is not going to be polled.</summary>
    public DateTimeOffset? NextPoll { get; init; }

    public bool IsInProgress { get; init; }

    /// <summary>Its last measurement was told to end and has not; it is not asked again before it does.</summary>
    public bool IsHung { get; init; }

    /// <summary>Why it will never have a value here, and is no longer polled; null when it is.</summary>
    public string? NotAvailable { get; init; }

    public long Values { get; init; }

    public long Errors { get; init; }

    /// <summary>Slots that passed while it was still being measured or waited for its turn, or while the poller was held up.</summary>
    public long Missed { get; init; }

    /// <summary>The last measurement failed, so that <see cref="LastValue"/> is the value of an earlier one.</summary>
    public bool IsFailing { get; init; }

    public string? LastError { get; init; }

    public DateTimeOffset? LastErrorTime { get; init; }

    /// <summary>How much later than due the last measurement began.</summary>
    public TimeSpan Lag { get; init; }

    /// <summary>How long the last measurement took.</summary>
    public TimeSpan Duration { get; init; }

    public override string ToString() => Name;
}
