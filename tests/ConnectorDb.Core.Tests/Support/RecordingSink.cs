using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>A destination that records accepted entries and returns configurable outcomes.</summary>
public sealed class RecordingSink : ISink
{
    private readonly List<(string Channel, double T, DataValue Value)> _entries = [];

    /// <summary>The accepted entries.</summary>
    public IReadOnlyList<(string Channel, double T, DataValue Value)> Entries => _entries;

    public int Calls { get; private set; }

    public Func<SinkBatch, BatchOutcome> Answer { get; set; } = BatchOutcome.Accepted;

    public string Location => "this test";

    public ValueTask<string?> TestAsync(CancellationToken cancellation) => default;

    public ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
    {
        Calls++;
        List<BatchOutcome> outcomes = [];
        foreach (SinkBatch batch in batches)
        {
            BatchOutcome outcome = Answer(batch);
            outcomes.Add(outcome);
            for (int i = 0; i < batch.Count; i++)
            {
                if (outcome[i] == SinkVerdict.Accepted)
                {
                    _entries.Add((batch.Channel.Name, batch.Points.Times.Span[i], batch.Points.Values[i]));
                }
            }
        }

        return new(outcomes);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
