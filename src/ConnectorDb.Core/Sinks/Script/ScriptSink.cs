using ConnectorDb.Contracts;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.Script;

/// <summary>Passes each batch to a script. A batch is kept when the script fails.</summary>
[Sink(typeof(ScriptSinkSettings))]
internal sealed class ScriptSink(ScriptSinkSettings settings, SinkContext context) : ISink
{
    public string Location => settings.Location;

    public ValueTask TestAsync(CancellationToken cancellation)
    {
        _ = Script();
        return ValueTask.CompletedTask;
    }

    public async ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
    {
        SinkScript script = Script();
        List<BatchOutcome> outcomes = new(batches.Count);
        Exception? fault = null;
        foreach (SinkBatch batch in batches)
        {
            try
            {
                if (fault is null)
                {
                    await script(batch, cancellation).ConfigureAwait(false);
                }
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                fault = error is SinkException ? error : new SinkException($"The script of the destination failed: {error.Message}", settings.Name, error);
            }

            outcomes.Add(fault is null ? BatchOutcome.Accepted(batch) : BatchOutcome.Kept(fault));
        }

        return outcomes;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private SinkScript Script()
        => settings.Run
            ?? context.Script?.Invoke(settings.Script)
            ?? throw new SinkException("The destination is a script and can only run in PowerShell.", settings.Name);
}
