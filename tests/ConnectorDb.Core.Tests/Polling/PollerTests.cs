using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Polling;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Core.Tests.Polling;

/// <summary>The poll loop over simulated time; measurements run at once in the thread that moves the clock on.</summary>
public sealed class PollerTests
{
    private static readonly DateTimeOffset s_begin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(s_begin);
    private readonly List<PolledValue> _written = [];
    private Func<SamplerContext, CancellationToken, ValueTask<DataValue>> _measure = (_, _) => ValueTask.FromResult(DataValue.From(1L));

    private PollerOptions Options => new()
    {
        Write = Take,
        Open = context => new DelegateSampler(cancellation => _measure(context, cancellation)),
        Knows = key => key == "test",
        Time = _time,
        Run = work => work(),
    };

    [Fact]
    public Task Every_slot_of_a_thousand_items_in_a_week_is_counted() => Task.Run(async () =>
    {
        TimeSpan week = TimeSpan.FromDays(7);
        int[] minutes = [10, 15, 20, 30, 45, 60, 90];
        PollItem[] items = [.. Enumerable.Range(0, 1000).Select(i => Item($"item{i}", TimeSpan.FromMinutes(minutes[i % minutes.Length]) + TimeSpan.FromSeconds(i % 3 * 0.25)))];
        int asked = 0;
        _measure = async (context, cancellation) =>
        {
            int n = Interlocked.Increment(ref asked);
            if (n % 11 == 0)
            {
                throw new SampleException("no value this time", context.Key);
            }

            if (n % 101 == 0)
            {
                await UntilCancelled(cancellation);
            }

            return DataValue.From((long)n);
        };
        await using Poller poller = new(Options with { Concurrency = 4 }, items);
        poller.Start();
        Run(week, TimeSpan.FromSeconds(5));
        IReadOnlyList<PollItemStatus> statuses = poller.Items;
        int[] waiting = [.. statuses.Select(each => each.IsInProgress ? 1 : 0)];
        PollerStatus status = poller.GetStatus();

        for (int i = 0; i < statuses.Count; i++)
        {
            PollItemStatus each = statuses[i];
            int number = int.Parse(each.Name["item".Length..], System.Globalization.CultureInfo.InvariantCulture);
            PollSchedule grid = PollSchedule.Spread(0, each.Interval, number);
            long waits = each.Values + each.Errors + each.Missed;
            Assert.InRange(grid.SlotAt(week.Ticks) + 1 - waits, 0, waiting[i] + (status.Waiting > 0 ? 1 : 0));
        }

        Assert.Equal(status.Values, statuses.Sum(each => each.Values));
        Assert.True(status.Values > 100_000);
        Assert.True(status.Errors > 10_000);
        await poller.StopAsync(TimeSpan.Zero);
        Assert.Equal(poller.GetStatus().Values, _written.Count);
    });

    [Theory]
    [InlineData(1.5, 3599, 2400)]
    [InlineData(0.02, 47.99, 2400)]
    public async Task Due_times_do_not_drift(double interval, double seconds, int measurements)
    {
        List<DateTimeOffset> times = [];
        _measure = (_, _) =>
        {
            times.Add(_time.GetUtcNow());
            return ValueTask.FromResult(DataValue.Null);
        };
        await using Poller poller = new(Options, [Item("a", TimeSpan.FromSeconds(interval))]);
        poller.Start();
        Run(TimeSpan.FromSeconds(seconds), TimeSpan.FromMilliseconds(7));
        Assert.Equal(measurements, times.Count);
        Assert.All(times.Select((time, i) => time - s_begin - TimeSpan.FromSeconds(interval * i)), late => Assert.InRange(late.TotalMilliseconds, 0, 8));
    }

    [Fact]
    public async Task First_polls_are_spread()
    {
        ConcurrentDictionary<long, int> perSecond = new();
        _measure = (_, _) =>
        {
            perSecond.AddOrUpdate((_time.GetUtcNow() - s_begin).Ticks / TimeSpan.TicksPerSecond, 1, (_, n) => n + 1);
            return ValueTask.FromResult(DataValue.Null);
        };
        await using Poller poller = new(Options, Enumerable.Range(0, 300).Select(i => Item($"i{i}", TimeSpan.FromMinutes(1))));
        poller.Start();
        Run(TimeSpan.FromSeconds(59.5), TimeSpan.FromMilliseconds(100));
        Assert.Equal(60, perSecond.Count);
        Assert.All(perSecond.Values, n => Assert.InRange(n, 1, 8));
    }

    [Fact]
    public async Task An_item_never_overlaps_itself_and_the_slots_it_misses_are_counted()
    {
        await OneThread;
        TaskCompletionSource<DataValue> first = new();
        int asked = 0;
        _measure = (_, _) => asked++ == 0 ? new(first.Task) : ValueTask.FromResult(DataValue.From(2L));
        await using Poller poller = new(Options, [Item("slow", TimeSpan.FromSeconds(1)) with { Timeout = TimeSpan.FromMinutes(1) }]);
        poller.Start();
        Run(TimeSpan.FromSeconds(5.5), TimeSpan.FromMilliseconds(500));
        Assert.Equal(1, asked);
        Assert.Equal(5, poller.Items[0].Missed);
        first.SetResult(DataValue.From(1L));
        await Until(() => poller.Items[0].Values == 1);
        Run(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(500));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Concurrency_is_limited()
    {
        await OneThread;
        int now = 0, most = 0;
        _measure = async (_, cancellation) =>
        {
            int atOnce = Interlocked.Increment(ref now);
            most = Math.Max(most, atOnce);
            await Task.Delay(TimeSpan.FromSeconds(3), _time, cancellation);
            Interlocked.Decrement(ref now);
            return DataValue.Null;
        };
        await using Poller poller = new(Options with { Concurrency = 3 }, Enumerable.Range(0, 20).Select(i => Item($"i{i}", TimeSpan.FromSeconds(5))));
        poller.Start();
        for (int i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.InRange(poller.GetStatus().InProgress, 0, 3);
        }

        Assert.InRange(most, 1, 3);
        Assert.True(poller.GetStatus().Missed > 0);
    }

    [Fact]
    public async Task A_measurement_over_the_time_limit_is_cancelled_and_reported()
    {
        await OneThread;
        _measure = async (_, cancellation) =>
        {
            await UntilCancelled(cancellation);
            return DataValue.Null;
        };
        await using Poller poller = new(Options, [Item("a", TimeSpan.FromMinutes(1)) with { Timeout = TimeSpan.FromSeconds(2) }]);
        poller.Start();
        Run(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1));
        await Until(() => poller.Items[0].Errors == 1);
        Assert.Contains("limit of 2 s", poller.Items[0].LastError, StringComparison.Ordinal);
        Assert.False(poller.Items[0].IsInProgress);
    }

    [Fact]
    public async Task A_hung_measurement_does_not_block_others()
    {
        await OneThread;
        TaskCompletionSource<DataValue> never = new();
        _measure = (context, _) => context.Argument == "hangs" ? new(never.Task) : ValueTask.FromResult(DataValue.From(1L));
        PollItem[] items = [Item("bad", TimeSpan.FromSeconds(5)) with { Argument = "hangs", Timeout = TimeSpan.FromSeconds(1) }, Item("good", TimeSpan.FromSeconds(5))];
        await using Poller poller = new(Options with { Concurrency = 1 }, items);
        poller.Start();
        for (int i = 0; i < 60; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Until(() => i < 3 || poller.GetStatus() is { Hung: 1, InProgress: 0 });
        }

        Assert.True(poller.Items.Single(each => each.Name == "bad").IsHung);
        Assert.Equal(1, poller.Items.Single(each => each.Name == "bad").Errors);
        Assert.InRange(poller.Items.Single(each => each.Name == "good").Values, 10, 12);
        never.SetResult(DataValue.Null);
        await Until(() => poller.GetStatus().Hung == 0);
    }

    [Fact]
    public async Task Blocking_measurements_leave_threads_for_others()
    {
        const int many = 77;
        await using Poller poller = new(Options with { Concurrency = many });
        poller.Start();
        ThreadPool.GetMinThreads(out int threads, out _);
        Assert.InRange(threads, many, int.MaxValue);
    }

    [Fact]
    public async Task An_unavailable_item_is_measured_only_once()
    {
        int asked = 0;
        _measure = (_, _) =>
        {
            asked++;
            throw new NotAvailableException("not on this machine", "test");
        };
        await using Poller poller = new(Options, [Item("a", TimeSpan.FromSeconds(1))]);
        poller.Start();
        Run(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1));
        Assert.Equal(1, asked);
        Assert.Equal("not on this machine", poller.Items[0].NotAvailable);
        Assert.Null(poller.Items[0].NextPoll);
        Assert.Equal(1, poller.GetStatus().NotAvailable);
    }

    [Fact]
    public async Task After_sleep_slots_are_missed_and_polling_continues_with_the_next()
    {
        await using Poller poller = new(Options, [Item("a", TimeSpan.FromSeconds(10))]);
        poller.Start();
        Run(TimeSpan.FromSeconds(95), TimeSpan.FromSeconds(5));
        Assert.Equal(10, poller.Items[0].Values);
        _time.AutoAdvanceAmount = TimeSpan.Zero;
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(11, poller.Items[0].Values);
        Assert.Equal(359, poller.Items[0].Missed);
    }

    [Fact]
    public async Task Setting_the_clock_does_not_affect_polling_but_is_counted()
    {
        SettableClock clock = new(_time);
        await using Poller poller = new(Options with { Time = clock }, [Item("a", TimeSpan.FromSeconds(10))]);
        poller.Start();
        Run(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(5));
        clock.SetBack = TimeSpan.FromDays(1);
        Run(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5));
        Assert.Equal(6, poller.Items[0].Values);
        Assert.Equal(0, poller.Items[0].Missed);
        Assert.Equal(1, poller.GetStatus().ClockChanges);
    }

    [Fact]
    public async Task Values_that_cannot_be_written_are_kept_and_written_in_order()
    {
        long n = 0;
        bool isBroken = true;
        _measure = (_, _) => ValueTask.FromResult(DataValue.From(n++));
        await using Poller poller = new(Options with { Write = values => Take(isBroken ? throw new IOException("no room") : values), MaxUnwritten = 5 }, [Item("a", TimeSpan.FromSeconds(1))]);
        poller.Start();
        Run(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));
        Assert.Equal("no room", poller.GetStatus().LastWriteError);
        Assert.True(poller.GetStatus().Dropped > 0);
        isBroken = false;
        Run(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1));
        await poller.StopAsync(TimeSpan.Zero);
        long[] numbers = [.. _written.Select(each => each.Value.AsInteger())];
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(n, numbers.Length + poller.GetStatus().Dropped);
        Assert.Null(poller.GetStatus().LastWriteError);
    }

    [Fact]
    public async Task Rejected_values_are_counted_and_not_written_again_and_their_item_fails_until_one_is_taken()
    {
        int batches = 0;
        List<string?> changes = [];
        PollerOptions options = Options with
        {
            Write = values => [.. values.Where(_ => ++batches == 1).Select(value => new RefusedValue(value, "It is no use."))],
            StateChanged = (item, error) => changes.Add(error),
        };
        await using Poller poller = new(options, [Item("a", TimeSpan.FromSeconds(1))]);
        poller.Start();
        Run(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(0.5));
        PollerStatus status = poller.GetStatus();
        Assert.Equal((1L, 0), (status.Dropped, status.Unwritten > 1 ? 1 : 0));
        Assert.Contains("It is no use.", status.LastWriteError, StringComparison.Ordinal);
        Run(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(0.5));
        Assert.Equal((1L, null), (poller.GetStatus().Dropped, poller.GetStatus().LastWriteError));
        PollItemStatus item = poller.Items[0];
        Assert.Equal((1L, "The destination refused the value. It is no use.", false), (item.Errors, item.LastError, item.IsFailing));
        Assert.Equal([item.LastError, null], changes);
    }

    [Fact]
    public async Task Items_can_be_added_and_removed_while_the_poller_runs()
    {
        await using Poller poller = new(Options);
        poller.Start();
        poller.Add(Item("a", TimeSpan.FromSeconds(1)));
        Run(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));
        Assert.True(poller.Items[0].Values >= 9);
        Assert.Throws<NameTakenException>(() => poller.Add(Item("a", TimeSpan.FromSeconds(2))));
        Assert.Throws<InvalidValueException>(() => poller.Add(Item("b", TimeSpan.FromSeconds(0.005))));
        Assert.Throws<NotFoundException>(() => poller.Add(Item("c", TimeSpan.FromSeconds(1)) with { Key = "unknown" }));
        poller.Remove("a");
        Assert.Throws<NotFoundException>(() => poller.Remove("a"));
        long values = poller.GetStatus().Values;
        Run(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));
        Assert.Equal(values, poller.GetStatus().Values);
        Assert.Empty(poller.Items);
    }

    [Fact]
    public async Task Stopping_cancels_running_measurements_and_the_poller_can_start_again()
    {
        await OneThread;
        bool isSlow = true;
        _measure = async (_, cancellation) =>
        {
            await (isSlow ? UntilCancelled(cancellation) : Task.CompletedTask);
            return DataValue.From(1L);
        };
        await using Poller poller = new(Options, [Item("a", TimeSpan.FromSeconds(10))]);
        poller.Start();
        Run(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await poller.StopAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, poller.Items[0].Missed);
        Assert.False(poller.GetStatus().IsRunning);
        isSlow = false;
        poller.Start();
        Run(TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(1));
        Assert.Equal(2, poller.Items[0].Values);
    }

    [Fact]
    public async Task Metrics_are_written_like_values()
    {
        _measure = (context, _) => context.Argument == "bad"
            ? throw new SampleException("no value", context.Key)
            : ValueTask.FromResult(DataValue.From(1L));
        await using Poller poller = new(
            Options with { Metrics = new PollMetrics { Interval = TimeSpan.FromMinutes(1) } },
            [Item("a", TimeSpan.FromSeconds(1)), Item("b", TimeSpan.FromSeconds(2)) with { Argument = "bad" }]);
        poller.Start();
        Run(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await poller.StopAsync(TimeSpan.Zero);
        Run(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1));

        PolledValue[] metrics = [.. _written.Where(value => value.Item.Name.StartsWith("poller", StringComparison.Ordinal))];
        Assert.Equal(["poller", "poller_a", "poller_b", "poller", "poller_a", "poller_b"], metrics.Select(value => value.Item.Name));
        Assert.Equal([60, 120], metrics.Select(value => value.T - UnixTime.FromDateTimeOffset(s_begin)).Distinct());
        Assert.Equal(["items", "inProgress", "waiting", "hung", "notAvailable", "values", "errors", "missed", "lag", "unwritten", "dropped"], metrics[0].Value.AsObject().Select(member => member.Key));
        Assert.Equal(["values", "errors", "missed", "lag", "duration"], metrics[1].Value.AsObject().Select(member => member.Key));
        Assert.Equal("a", metrics[1].Item.Tags["item"]);
        Assert.InRange(Member(metrics[4], "values"), 118, 121);
        Assert.InRange(Member(metrics[5], "errors"), 58, 61);
        Assert.Equal(Member(metrics[3], "values"), Member(metrics[4], "values"));
        Assert.Equal(Member(metrics[3], "errors"), Member(metrics[5], "errors"));

        static double Member(PolledValue value, string name) => value.Value.AsObject().First(member => member.Key == name).Value.AsDouble();
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(100_000)]
    public void The_interval_of_metrics_is_validated(double seconds)
        => Assert.Throws<InvalidValueException>(() => new Poller(Options with { Metrics = new PollMetrics { Interval = TimeSpan.FromSeconds(seconds) } }));

    [Fact]
    public async Task StateChanged_is_called_when_an_item_begins_to_fail_and_when_it_recovers()
    {
        int asked = 0;
        _measure = (context, _) => ++asked is 2 or 3 or 6
            ? throw new SampleException($"no luck at {asked}", context.Key)
            : ValueTask.FromResult(DataValue.From(1L));
        List<string> turns = [];
        await using Poller poller = new(Options with { StateChanged = (item, error) => turns.Add($"{item.Name} {error ?? "works"}") }, [Item("a", TimeSpan.FromSeconds(1))]);
        poller.Start();
        Run(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(0.5));
        Assert.Equal(["a no luck at 2", "a works", "a no luck at 6", "a works"], turns);
    }

    /// <summary>Leaves the context that tests run in: waiting continuations run in the thread that moves the clock, before the clock moves on.</summary>
    private static ConfiguredTaskAwaitable OneThread => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

    private static PollItem Item(string name, TimeSpan interval) => new() { Name = name, Key = "test", Interval = interval };

    private static async Task Until(Func<bool> holds)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), patience.Token);
        }
    }

    /// <summary>Goes on in the thread that cancels, and so in the one that moves the clock on.</summary>
    private static Task UntilCancelled(CancellationToken cancellation)
    {
        TaskCompletionSource hanging = new();
        cancellation.Register(() => hanging.TrySetCanceled(cancellation));
        return hanging.Task;
    }

    private IReadOnlyList<RefusedValue> Take(IReadOnlyList<PolledValue> values)
    {
        _written.AddRange(values);
        return [];
    }

    private void Run(TimeSpan time, TimeSpan step)
    {
        for (TimeSpan done = TimeSpan.Zero; done < time; done += step)
        {
            _time.Advance(step);
        }
    }
}

/// <summary>A clock whose time of the day can be set, which does not move its timers.</summary>
internal sealed class SettableClock(TimeProvider clock) : TimeProvider
{
    public TimeSpan SetBack { get; set; }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() - SetBack;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => clock.CreateTimer(callback, state, dueTime, period);
}

internal sealed class DelegateSampler(Func<CancellationToken, ValueTask<DataValue>> measure) : ISampler
{
    public ValueTask<DataValue> SampleAsync(CancellationToken cancellation) => measure(cancellation);

    public void Dispose()
    {
    }
}
