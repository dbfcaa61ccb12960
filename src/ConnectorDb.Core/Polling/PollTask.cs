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

/// <summary>The state of a poll item. Guarded by the lock of the poller.</summary>
internal sealed class PollTask(PollItem item, PollSchedule schedule)
{
    private bool _hasFailed;

    public PollItem Item => item;

    public PollSchedule Schedule { get; set; } = schedule;

    /// <summary>The first slot that is neither polled nor counted as missed.</summary>
    public long NextSlot { get; set; }

    /// <summary>The due time of the slot that waits or is being measured.</summary>
    public long Due { get; private set; }

    public PollState State { get; set; }

    /// <summary>The item was removed, or this machine cannot measure it.</summary>
    public bool IsOver { get; set; }

    public ISampler? Sampler { get; set; }

    public string? NotAvailable { get; set; }

    public long Values { get; private set; }

    public long Errors { get; private set; }

    public long Missed { get; set; }

    public TimeSpan Lag { get; set; }

    public TimeSpan Duration { get; set; }

    /// <summary>The number of sources that sent values by themselves and are told apart.</summary>
    public int Sources { get; set; }

    private DataValue? LastValue { get; set; }

    private DateTimeOffset? LastTime { get; set; }

    public string? LastError { get; private set; }

    /// <summary>The last measurement failed, or its value was refused.</summary>
    public bool IsFailing => _hasFailed || IsRefused;

    /// <summary>The destination does not take the values.</summary>
    public bool IsRefused { get; set; }

    private DateTimeOffset? LastErrorTime { get; set; }

    /// <summary>Advances over all slots until now: at most the last one is polled, and only when the item is idle; the others are missed.</summary>
    /// <returns>True when the item is to be polled.</returns>
    public bool Reach(long now)
    {
        long slot = Schedule.SlotAt(now);
        Missed += slot - NextSlot;
        NextSlot = slot + 1;
        if (State != PollState.Idle)
        {
            Missed++;
            return false;
        }

        Due = Schedule.Due(slot);
        State = PollState.Waiting;
        return true;
    }

    public void Succeed(DataValue value, DateTimeOffset time)
    {
        Values++;
        _hasFailed = false;
        (LastValue, LastTime) = (value, time);
    }

    /// <summary>Counts values that the source sent.</summary>
    public void Receive(List<PolledValue> values)
    {
        Values += values.Count;
        (LastValue, LastTime) = (values[^1].Value, UnixTime.ToDateTimeOffset(values[^1].T));
    }

    /// <summary>The source is connected.</summary>
    public void Recover() => _hasFailed = false;

    public void Fail(string error, DateTimeOffset time)
    {
        _hasFailed = true;
        Refuse(error, time);
    }

    public void Refuse(string error, DateTimeOffset time)
    {
        Errors++;
        (LastError, LastErrorTime) = (error, time);
    }

    /// <param name="timeOf">Converts a tick of the schedule to wall time; null when the poller does not run.</param>
    public PollItemStatus Status(Func<long, DateTimeOffset>? timeOf) => new()
    {
        Item = item,
        LastValue = LastValue?.ToNatural(),
        LastTime = LastTime,
        NextPoll = IsOver ? null : timeOf?.Invoke(Schedule.Due(NextSlot)),
        IsInProgress = State is PollState.InProgress or PollState.Hung,
        IsHung = State == PollState.Hung,
        NotAvailable = NotAvailable,
        Values = Values,
        Errors = Errors,
        Missed = Missed,
        IsFailing = IsFailing,
        LastError = LastError,
        LastErrorTime = LastErrorTime,
        Lag = Lag,
        Duration = Duration,
    };
}
