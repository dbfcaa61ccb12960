using ConnectorDb.Contracts;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>
/// Polls items on schedule: one timer for the next due time, a queue of due items, and a limited number of concurrent measurements.
/// A slot is either polled or counted as missed, never made up for later.
/// </summary>
public sealed partial class Poller : IPoller
{
    private readonly object _gate = new();
    private readonly PollerOptions _options;
    private readonly TimeProvider _time;
    private readonly long _created;
    private readonly Dictionary<string, PollTask> _tasks = new(StringComparer.Ordinal);
    private readonly PriorityQueue<PollTask, long> _due = new();
    private readonly Queue<PollTask> _ready = new();
    private readonly ITimer _timer;
    private readonly ITimer _metricsTimer;
    private readonly ClockChangeDetector _clock;
    private CancellationTokenSource? _stop;
    private int _added;

    /// <exception cref="InvalidValueException">An item is invalid, or the interval of the metrics is out of range.</exception>
    public Poller(PollerOptions options, IEnumerable<PollItem>? items = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Metrics?.Fault is { } fault)
        {
            throw new InvalidValueException(fault, options.Metrics.Name);
        }

        (_options, _time) = (options, options.Time);
        _created = _time.GetTimestamp();
        _clock = new ClockChangeDetector(_time);
        _results = new ResultQueue(options, CheckRefusals);
        _timer = _time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _metricsTimer = _time.CreateTimer(_ => WriteMetrics(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (PollItem item in items ?? [])
        {
            Check(item, _tasks.Keys);
            Register(item);
        }
    }

    public IReadOnlyList<PollItemStatus> Items
    {
        get
        {
            lock (_gate)
            {
                (long ticks, DateTimeOffset time) = (Now, _time.GetUtcNow());
                Func<long, DateTimeOffset>? timeOf = _stop is null ? null : due => time.AddTicks(due - ticks);
                return [.. _tasks.Values.OrderBy(task => task.Item.Name, StringComparer.Ordinal).Select(task => task.Status(timeOf))];
            }
        }
    }

    /// <summary>Ticks of 100 ns since the poller was created, on the monotonic clock.</summary>
    private long Now => _time.GetElapsedTime(_created).Ticks;

    public void Add(PollItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_gate)
        {
            Check(item, _tasks.Keys);
            _options.Save?.Invoke(items =>
            {
                Check(item, items.Select(each => each.Name));
                return [.. items, item];
            });
            Register(item);
            SetTimer();
        }
    }

    public void CheckToAdd(PollItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_gate)
        {
            Check(item, _tasks.Keys);
        }
    }

    public PollItemStatus Find(string name) => Items.FirstOrDefault(item => item.Name == name) ?? throw Missing(name);

    public void Remove(string name)
    {
        lock (_gate)
        {
            if (!_tasks.TryGetValue(name, out PollTask? task))
            {
                throw Missing(name);
            }

            _options.Save?.Invoke(items => [.. items.Where(each => each.Name != name)]);
            _tasks.Remove(name);
            task.IsOver = true;
            if (task.State is PollState.Idle or PollState.Waiting)
            {
                task.Sampler?.Dispose();
            }
        }
    }

    public void Start()
    {
        lock (_gate)
        {
            if (_stop is null)
            {
                _stop = new CancellationTokenSource();
                ReserveThreads();
                _due.Clear();
                int number = 0;
                foreach (PollTask task in _tasks.Values.Where(task => !task.IsOver))
                {
                    task.Schedule = PollSchedule.Spread(Now, task.Item.Interval, number++);
                    task.NextSlot = 0;
                    _due.Enqueue(task, task.Schedule.Due(0));
                }

                SetTimer();
                SetMetricsTimer(_options.Metrics?.Interval ?? Timeout.InfiniteTimeSpan);
            }
        }
    }

    public PollerStatus GetStatus()
    {
        lock (_gate)
        {
            return new PollerStatus
            {
                IsRunning = _stop is not null,
                Items = _tasks.Count,
                InProgress = _running.Count,
                Waiting = _ready.Count(task => !task.IsOver),
                Hung = _tasks.Values.Count(task => task.State == PollState.Hung),
                NotAvailable = _tasks.Values.Count(task => task.NotAvailable is not null),
                Values = _values,
                Errors = _errors,
                Missed = _tasks.Values.Sum(task => task.Missed),
                Lag99 = _lags.Percentile99(),
                Unwritten = _results.Count,
                Dropped = _results.Dropped,
                LastWriteError = _results.LastError,
                ClockChanges = _clock.Changes,
            };
        }
    }

    private void SetMetricsTimer(TimeSpan interval) => _metricsTimer.Change(interval, interval);

    private void WriteMetrics()
    {
        // Within the lock, so that the values are queued in the order of their times.
        lock (_gate)
        {
            foreach (PolledValue value in _options.Metrics!.Values(GetStatus(), Items, UnixTime.FromDateTimeOffset(_time.GetUtcNow())))
            {
                _results.Add(value);
            }
        }
    }

    private static NotFoundException Missing(string name) => new($"There is no poll item '{name}'. Get-CdbPollItem lists all items.", name);

    private void Check(PollItem item, IEnumerable<string> names)
    {
        if (item.Faults().FirstOrDefault() is { } fault)
        {
            throw new InvalidValueException(fault, item.Name);
        }

        if (!_options.Knows(item.Key))
        {
            throw new NotFoundException($"The item '{item.Name}' uses the sampler '{item.Key}', which does not exist. Get-CdbSampler lists all samplers.", item.Key);
        }

        if (names.Contains(item.Name))
        {
            throw new NameTakenException($"There is a poll item '{item.Name}' already. Remove it first, or choose another name.", item.Name);
        }

        if (SamplerCatalog.FaultOf(item) is { } ofArgument)
        {
            throw new InvalidValueException(ofArgument, item.Name);
        }
    }

    private void Register(PollItem item)
    {
        PollTask task = new(item, PollSchedule.Spread(Now, item.Interval, _added++));
        _tasks.Add(item.Name, task);
        if (_stop is not null)
        {
            _due.Enqueue(task, task.Schedule.Due(0));
        }
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (_stop is null)
            {
                return;
            }

            _clock.Check();
            long now = Now;
            while (_due.TryPeek(out PollTask? task, out long due) && due <= now)
            {
                _due.Dequeue();
                if (task.IsOver)
                {
                    continue;
                }

                if (task.Reach(now))
                {
                    _ready.Enqueue(task);
                }

                _due.Enqueue(task, task.Schedule.Due(task.NextSlot));
            }

            SetTimer();
        }

        StartWaiting();
    }

    // Timers have a resolution of a millisecond, and reach 49 days. Rounding up avoids firing before the due time, which would cost another round.
    private void SetTimer()
    {
        if (_stop is not null && _due.TryPeek(out _, out long due))
        {
            double wait = Math.Ceiling(Math.Clamp(due - Now, 0, TimeSpan.TicksPerDay) / (double)TimeSpan.TicksPerMillisecond);
            _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
        }
    }
}
