using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ConnectorDb.Benchmarks.Load;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Logging;
using ConnectorDb.Polling;
using ConnectorDb.Sinks;

namespace ConnectorDb.Benchmarks.Polling;

/// <summary>500 items a second through the poller and the outbox into a store: the lag of measurements, the processor time, and a check of each due time.</summary>
internal static class PollerRun
{
    private const int Count = 500;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <param name="seconds">How long it lasts; 120 without it.</param>
    public static async Task RunAsync(string? seconds)
    {
        TimeSpan duration = TimeSpan.FromSeconds(double.Parse(seconds ?? "120", CultureInfo.InvariantCulture));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("poller-run-");
        using PortThatAccepts port = new();
        await using DataLogger logger = OpenLogger(folder.FullName);
        logger.Start();
        ConcurrentDictionary<string, TimedSampler> samplers = new(StringComparer.Ordinal);
        PollerOptions options = new()
        {
            Write = new LoggerOutput(logger).Write,
            Knows = _ => true,
            Open = context =>
            {
                (string name, ISampler sampler) = MachineItems.Open(context);
                return samplers[name] = new TimedSampler(sampler);
            },
        };
        PollItem[] items = [.. MachineItems.Of(Count, port.Number)];
        await using Poller poller = new(options, items);

        poller.Start();
        Dictionary<string, long> first = FirstSlots(poller, items);
        await Task.Delay(s_warmUp);
        Reading start = Reading.Now();
        await Task.Delay(duration);
        Reading end = Reading.Now();
        IReadOnlyCollection<string> lost = await UnaccountedAsync(poller, first);
        await poller.StopAsync(s_patience);
        await logger.SyncAsync(s_patience, CancellationToken.None);

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Count} items at 1 s for {duration.TotalSeconds:0} s; load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}"));
        Console.WriteLine("| measurements | lag p50 ms | p99 ms | max ms | processor s/s | memory at start, end MiB | of it the heap MiB |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        Latencies lags = Lags(samplers, first, start, end);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {lags.Count:N0} | {lags.Quantile(0.5):0.00} | {lags.Quantile(0.99):0.00} | {lags.Quantile(1):0.00} | {end.ProcessorSince(start):0.000} | {start.Memory >> 20}, {end.Memory >> 20} | {start.Heap >> 20}, {end.Heap >> 20} |"));
        Print(poller, lost, logger.GetStatus().Destinations[0]);
        await logger.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>When each item is due first, as <see cref="Stopwatch.GetTimestamp"/>: one that is not yet is asked, the others lie on the grid as it does.</summary>
    private static Dictionary<string, long> FirstSlots(Poller poller, PollItem[] items)
    {
        const int ahead = 1;
        (IReadOnlyList<PollItemStatus> now, long ticks, DateTimeOffset time) = (poller.Items, Stopwatch.GetTimestamp(), DateTimeOffset.UtcNow);
        TimeSpan[] offsets = [.. items.Select((item, n) => TimeSpan.FromTicks(PollSchedule.Spread(0, item.Interval, n).First))];
        TimeSpan start = now.Single(each => each.Name == items[ahead].Name).NextPoll!.Value - time - offsets[ahead];
        return items.Select((item, n) => (item.Name, First: ticks + (long)((start + offsets[n]).TotalSeconds * Stopwatch.Frequency))).ToDictionary();
    }

    /// <summary>How long after its slot, which is known to a fraction of a millisecond, each measurement began. One that is a second late has missed its slot, and is counted there.</summary>
    private static Latencies Lags(IReadOnlyDictionary<string, TimedSampler> samplers, Dictionary<string, long> first, Reading start, Reading end)
    {
        long unsure = Stopwatch.Frequency / 100;
        Latencies lags = new();
        foreach ((string name, TimedSampler sampler) in samplers)
        {
            foreach (long began in sampler.Starts.Where(began => began >= start.Time && began < end.Time))
            {
                lags.Add(((began - first[name] + unsure) % Stopwatch.Frequency) - unsure);
            }
        }

        return lags;
    }

    /// <summary>The items that never stand so that each slot until now is a value, an error or missed; one whose measurement is under way will the next time.</summary>
    private static async Task<IReadOnlyCollection<string>> UnaccountedAsync(Poller poller, Dictionary<string, long> first)
    {
        HashSet<string> open = [.. first.Keys];
        long began = Stopwatch.GetTimestamp();
        while (open.Count > 0 && Stopwatch.GetElapsedTime(began) < s_patience)
        {
            (IReadOnlyList<PollItemStatus> items, long ticks, DateTimeOffset time) = (poller.Items, Stopwatch.GetTimestamp(), DateTimeOffset.UtcNow);
            foreach (PollItemStatus item in items)
            {
                double sinceFirst = (item.NextPoll!.Value - time).TotalSeconds + Stopwatch.GetElapsedTime(first[item.Name], ticks).TotalSeconds;
                if (item.Values + item.Errors + item.Missed == (long)Math.Round(sinceFirst))
                {
                    open.Remove(item.Name);
                }
            }

            await Task.Delay(s_pause);
        }

        return open;
    }

    private static void Print(Poller poller, IReadOnlyCollection<string> unaccounted, DestinationStatus store)
    {
        PollerStatus status = poller.GetStatus();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{status.Values:N0} values, {status.Errors:N0} errors, {status.Missed:N0} missed; {store.Sent:N0} are in the store. Items with a slot that is not accounted for: {unaccounted.Count}."));
        foreach (string error in poller.Items.Select(item => item.LastError).Append(status.LastWriteError).Append(store.LastError).OfType<string>().Distinct())
        {
            Console.WriteLine(error);
        }
    }

    private static DataLogger OpenLogger(string folder)
    {
        string keys = Path.Combine(folder, "keys");
        SinkContext context = new() { Connect = settings => EmbeddedClient.Open(new EmbeddedOptions { Path = settings.Path, KeyFolder = settings.KeyFolder }) };
        DataLogger logger = DataLogger.Open(new DataLoggerOptions { Path = Path.Combine(folder, "outbox.db"), KeyFolder = keys, OpenSink = settings => SinkCatalog.Open(settings, context) });
        logger.Change(settings => settings with { SyncPeriod = TimeSpan.FromSeconds(10) });
        logger.AddSink(new ConnectorDbSettings { Path = Path.Combine(folder, "store.cdb"), KeyFolder = keys });
        return logger;
    }

    /// <summary>The resources that the process had used by then.</summary>
    private readonly record struct Reading(long Time, TimeSpan Processor, long Memory, long Heap)
    {
        public static Reading Now()
        {
            using Process self = Process.GetCurrentProcess();
            return new Reading(Stopwatch.GetTimestamp(), self.TotalProcessorTime, self.WorkingSet64, GC.GetTotalMemory(forceFullCollection: false));
        }

        /// <summary>Seconds of processor for each second.</summary>
        public double ProcessorSince(Reading start) => (Processor - start.Processor) / Stopwatch.GetElapsedTime(start.Time, Time);
    }
}
