using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Sinks;

/// <summary>The behaviour common to all sinks.</summary>
public abstract class SinkSuite : IDisposable
{
    internal TempFolder Folder { get; } = new();

    /// <summary>The settings of a sink with an empty, working destination.</summary>
    protected abstract SinkSettings Settings { get; }

    /// <summary>The numbers of a stream at the destination, in order.</summary>
    protected abstract IReadOnlyList<double> Stored(string stream);

    public virtual void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static SinkContext Context { get; } = new() { Connect = _ => throw new NotSupportedException("There is no database here.") };

    internal ISink Open() => SinkCatalog.Open(Settings, Context);

    /// <summary>Prepares the destination, or skips the test when a requirement is missing.</summary>
    protected virtual void Prepare()
    {
    }

    protected static SinkBatch Numbers(string stream, params double[] numbers)
        => new(new LogChannel { Name = stream }, new Block(numbers.Select(n => 1_500_000_000 + n).ToArray(), new NumberColumn(numbers)));

    [SkippableFact]
    public async Task Several_streams_arrive_in_order_over_several_calls()
    {
        Prepare();
        await using ISink sink = Open();
        await sink.TestAsync(Some.NoToken);

        IReadOnlyList<BatchOutcome> first = await sink.WriteAsync([Numbers("a", 1.5, 2.5), Numbers("b", 10.5)], Some.NoToken);
        await sink.WriteAsync([Numbers("a", 3.5)], Some.NoToken);

        Assert.Equal([2, 1], first.Select(outcome => outcome.Decided));
        Assert.All(first, outcome => Assert.Empty(outcome.Rejected));
        Assert.Equal([1.5, 2.5, 3.5], Stored("a"));
        Assert.Equal([10.5], Stored("b"));
    }

    [SkippableFact]
    public async Task A_reopened_sink_appends()
    {
        Prepare();
        await using (ISink sink = Open())
        {
            await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken);
        }

        await using ISink again = Open();
        await again.WriteAsync([Numbers("a", 2.5)], Some.NoToken);
        Assert.Equal([1.5, 2.5], Stored("a"));
    }

    [SkippableFact]
    public async Task Twelve_thousand_datapoints_arrive_in_order()
    {
        Prepare();
        double[] numbers = [.. Enumerable.Range(0, 12_000).Select(n => n + 0.5)];
        await using ISink sink = Open();

        BatchOutcome outcome = Assert.Single(await sink.WriteAsync([Numbers("a", numbers)], Some.NoToken));

        Assert.Equal(12_000, outcome.Decided);
        Assert.Equal(numbers, Stored("a"));
    }
}
