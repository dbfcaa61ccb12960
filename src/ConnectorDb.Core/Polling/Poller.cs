using ConnectorDb.Contracts;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>
/// The poll loop: one timer, set to the next due time; a queue of items that are due; so many of them measured at once. A slot is
/// polled, or counted as missed, never made up for.
/// </summary>
public sealed partial class Poller : IPoller
{
    private readonly object _gate = new();
    private readonly PollerOptions _options;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly Dictionary<string, PollTask> _tasks = new(StringComparer.Ordinal);
    private readonly PriorityQueue<PollTask, long> _due = new();
    private readonly Queue<PollTask> _ready = new();
    private readonly ITimer _timer;
    private readonly ITimer _metricsTimer;
    private readonly ClockWatch _clock;
    private CancellationTokenSource? _stop;
    private int _added;

    /// <exception cref="InvalidValueException">An item lacks something, or the metrics cannot be written so often or rarely.</exception>
    public Poller(PollerOptions options, IEnumerable<PollItem>? items = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Metrics?.Fault is { } fault)
        {
            throw new InvalidValueException(fault, options.Metrics.Name);
        }

        (_options, _time) = (options, options.Time);
        _began = _time.GetTimestamp();
        _clock = new ClockWatch(_time);
        _results = new ResultQueue(options);
        _timer = _time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _metricsTimer = _time.CreateTimer(_ => WriteMetrics(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (PollItem item in items ?? [])
        {
            Check(item, _tasks.Keys);
            Enter(item);
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

    /// <summary>Ticks of 100 ns since the poller was made, on the clock that nobody sets.</summary>
    private long Now => _time.GetElapsedTime(_began).Ticks;

    public void Add(PollItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_gate)
        {
            Check(item, _tasks.Keys);
            _options.Keep?.Invoke(items =>
            {
                Check(item, items.Select(each => each.Name));
                return [.. items, item];
            });
            Enter(item);
            Arm();
        }
    }

    public void Remove(string name)
    {
        lock (_gate)
        {
            if (!_tasks.TryGetValue(name, out PollTask? task))
            {
                throw new NotFoundException($"There is no poll item '{name}'. Get-CdbPollItem lists those there are.", name);
            }

            _options.Keep?.Invoke(items => [.. items.Where(each => each.Name != name)]);
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
                    task.Grid = PollGrid.Spread(Now, task.Item.Interval, number++);
                    task.NextSlot = 0;
                    _due.Enqueue(task, task.Grid.Due(0));
                }

                Arm();
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

    /// <summary>Within the lock, so that values stay in the order of their times.</summary>
    private void WriteMetrics()
    {
        lock (_gate)
        {
            foreach (PolledValue value in _options.Metrics!.Values(GetStatus(), Items, UnixTime.FromDateTimeOffset(_time.GetUtcNow())))
            {
                _results.Add(value);
            }
        }
    }

    private void Check(PollItem item, IEnumerable<string> names)
    {
        if (item.Faults().FirstOrDefault() is { } fault)
        {
            throw new InvalidValueException(fault, item.Name);
        }

        if (!_options.Knows(item.Key))
        {
            throw new NotFoundException($"The item '{item.Name}' has the key '{item.Key}', and there is no such sampler. Get-CdbSampler lists those there are.", item.Key);
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

    private void Enter(PollItem item)
    {
        PollTask task = new(item, PollGrid.Spread(Now, item.Interval, _added++));
        _tasks.Add(item.Name, task);
        if (_stop is not null)
        {
            _due.Enqueue(task, task.Grid.Due(0));
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

            _clock.Look();
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

                _due.Enqueue(task, task.Grid.Due(task.NextSlot));
            }

            Arm();
        }

        Pump();
    }

    /// <summary>Sets the timer to what is due next, in whole milliseconds, because it knows no others and must not be early.</summary>
    private void Arm()
    {
        if (_stop is not null && _due.TryPeek(out _, out long due))
        {
            double wait = Math.Ceiling(Math.Max(0, due - Now) / (double)TimeSpan.TicksPerMillisecond);
            _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
        }
    }
}
