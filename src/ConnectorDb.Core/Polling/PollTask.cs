using ConnectorDb.Contracts;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

internal enum PollState
{
    Idle,
    Waiting,
    InProgress,
    Hung,
}

/// <summary>An item and how it stands. Whoever touches it holds the lock of the poller.</summary>
internal sealed class PollTask(PollItem item, PollGrid grid)
{
    public PollItem Item => item;

    public PollGrid Grid { get; set; } = grid;

    /// <summary>The first slot that is not accounted for.</summary>
    public long NextSlot { get; set; }

    /// <summary>When the slot was due that waits or is being measured.</summary>
    public long Due { get; private set; }

    public PollState State { get; set; }

    /// <summary>It was removed, or is not available here.</summary>
    public bool IsOver { get; set; }

    public ISampler? Sampler { get; set; }

    public string? NotAvailable { get; set; }

    public long Values { get; private set; }

    public long Errors { get; private set; }

    public long Missed { get; set; }

    public TimeSpan Lag { get; set; }

    public TimeSpan Duration { get; set; }

    private DataValue? LastValue { get; set; }

    private DateTimeOffset? LastTime { get; set; }

    public string? LastError { get; private set; }

    /// <summary>Its last measurement ended without a value.</summary>
    public bool IsFailing { get; private set; }

    private DateTimeOffset? LastErrorTime { get; set; }

    /// <summary>Accounts for all slots until now: at most the last of them is polled, and only if the item is free.</summary>
    /// <returns>Whether it is to be polled.</returns>
    public bool Reach(long now)
    {
        long slot = Grid.SlotAt(now);
        Missed += slot - NextSlot;
        NextSlot = slot + 1;
        if (State != PollState.Idle)
        {
            Missed++;
            return false;
        }

        Due = Grid.Due(slot);
        State = PollState.Waiting;
        return true;
    }

    public void Succeed(DataValue value, DateTimeOffset time)
    {
        Values++;
        IsFailing = false;
        (LastValue, LastTime) = (value, time);
    }

    public void Fail(string error, DateTimeOffset time)
    {
        Errors++;
        IsFailing = true;
        (LastError, LastErrorTime) = (error, time);
    }

    /// <param name="timeOf">The time of the day at a tick of the grid; null when nothing is polled.</param>
    public PollItemStatus Status(Func<long, DateTimeOffset>? timeOf) => new()
    {
        Item = item,
        LastValue = LastValue?.ToNatural(),
        LastTime = LastTime,
        NextPoll = IsOver ? null : timeOf?.Invoke(Grid.Due(NextSlot)),
        IsInProgress = State is PollState.InProgress or PollState.Hung,
        IsHung = State == PollState.Hung,
        NotAvailable = NotAvailable,
        Values = Values,
        Errors = Errors,
        Missed = Missed,
        LastError = LastError,
        LastErrorTime = LastErrorTime,
        Lag = Lag,
        Duration = Duration,
    };
}
