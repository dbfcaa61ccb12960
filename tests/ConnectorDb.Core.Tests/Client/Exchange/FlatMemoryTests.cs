using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Exchange;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Client.Exchange;

[Collection(nameof(Alone))]
public sealed class FlatMemoryTests : IDisposable
{
    private const int Count = 2_000_000;
    private const int PerBlock = 100_000;

    /// <summary>The datapoints take some 100 MiB as text, and twice as much as objects.</summary>
    private const long MostBytes = 16L << 20;

    private readonly Places _places = new();

    public void Dispose() => _places.Dispose();

    [Fact]
    public async Task A_long_stream_takes_no_more_memory_than_a_short_one()
    {
        CdbPath stream = await Places.FillAsync(_places.From, "me/pi/noise");
        await using (ICdbClient pi = await _places.From.ActAsAsync(stream.Parent!, Some.NoToken))
        {
            for (int start = 0; start < Count; start += PerBlock)
            {
                await pi.AppendAsync(stream, Noise(start), restamp: false, Some.NoToken);
            }
        }

        long held = await MostHeldAsync(new Export(_places.From, stream, _places.Folder, withKeys: true).RunAsync(Some.NoToken));
        Assert.InRange(held, long.MinValue, MostBytes);

        await _places.To.CreateDeviceAsync(stream.Parent!, new DeviceDefinition(), Some.NoToken);
        held = await MostHeldAsync(_places.Begin(ImportFolder.Read(_places.Folder)[0], "me/pi").RunAsync(Some.NoToken));
        Assert.InRange(held, long.MinValue, MostBytes);
        Assert.Equal(Count, await _places.To.CountAsync(stream, Some.NoToken));
        Assert.Equal((await _places.From.SummarizeAsync(new DataQuery(stream), Some.NoToken)).Sum, (await _places.To.SummarizeAsync(new DataQuery(stream), Some.NoToken)).Sum);
    }

    private static Block Noise(int start)
    {
        double[] times = new double[PerBlock];
        double[] values = new double[PerBlock];
        Random random = new(start);
        for (int i = 0; i < PerBlock; i++)
        {
            times[i] = 1_700_000_000 + start + i + random.NextDouble();
            values[i] = random.NextDouble();
        }

        Array.Sort(times);
        return new Block(times, new NumberColumn(values));
    }

    /// <summary>How much more than at the start is alive at the worst of ten looks.</summary>
    private static async Task<long> MostHeldAsync(IAsyncEnumerable<ExchangeStep> steps)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        double next = 0;
        await foreach (ExchangeStep step in steps)
        {
            if (step.Share >= next)
            {
                next += 0.1;
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        return most;
    }
}
