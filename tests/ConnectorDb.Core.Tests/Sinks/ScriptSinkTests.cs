using ConnectorDb.Contracts;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Sinks;

public sealed class ScriptSinkTests : SinkSuite
{
    private readonly List<(string Stream, double Number)> _seen = [];
    private bool _isBroken;

    protected override SinkSettings Settings => new ScriptSinkSettings { Script = "…", Open = () => new Script(RunAsync) };

    protected override IReadOnlyList<double> Stored(string stream) => [.. _seen.Where(item => item.Stream == stream).Select(item => item.Number)];

    [Fact]
    public async Task Batches_of_a_failing_script_are_kept()
    {
        _isBroken = true;
        await using ISink sink = Open();
        IReadOnlyList<BatchOutcome> outcomes = await sink.WriteAsync([Numbers("a", 1.5), Numbers("b", 2.5)], Some.NoToken);
        Assert.All(outcomes, outcome => Assert.Equal(0, outcome.Decided));
        Assert.Contains("broken", outcomes[0].Fault!.Message, StringComparison.Ordinal);
    }

    private ValueTask RunAsync(SinkBatch run, CancellationToken cancellation)
    {
        if (_isBroken)
        {
            throw new InvalidOperationException("It is broken.");
        }

        _seen.AddRange(Enumerable.Range(0, run.Count).Select(i => (run.Channel.Name, run.Points.Values[i].AsDouble())));
        return ValueTask.CompletedTask;
    }

    private sealed class Script(Func<SinkBatch, CancellationToken, ValueTask> run) : ISinkScript
    {
        public ValueTask RunAsync(SinkBatch batch, CancellationToken cancellation) => run(batch, cancellation);

        public void Dispose()
        {
        }
    }
}
