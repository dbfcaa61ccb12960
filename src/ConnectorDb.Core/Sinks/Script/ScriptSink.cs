using ConnectorDb.Contracts;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.Script;

/// <summary>Hands each run to a script; when the script fails, the run is kept.</summary>
[Sink(typeof(ScriptSettings))]
internal sealed class ScriptSink(ScriptSettings settings, SinkContext context) : ISink
{
    public string Location => settings.Location;

    public ValueTask TestAsync(CancellationToken cancellation)
    {
        _ = Script();
        return ValueTask.CompletedTask;
    }

    public async ValueTask<IReadOnlyList<RunOutcome>> WriteAsync(IReadOnlyList<SinkRun> batch, CancellationToken cancellation)
    {
        SinkScript script = Script();
        List<RunOutcome> outcomes = new(batch.Count);
        Exception? fault = null;
        foreach (SinkRun run in batch)
        {
            try
            {
                if (fault is null)
                {
                    await script(run, cancellation).ConfigureAwait(false);
                }
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                fault = error is SinkException ? error : new SinkException($"The script of the destination failed: {error.Message}", settings.Name, error);
            }

            outcomes.Add(fault is null ? RunOutcome.Accepted(run) : RunOutcome.Kept(fault));
        }

        return outcomes;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private SinkScript Script()
        => settings.Run
            ?? context.Script?.Invoke(settings.Script)
            ?? throw new SinkException("The destination is a script, which can only be run in PowerShell. What is for it is kept.", settings.Name);
}
