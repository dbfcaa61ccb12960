using ConnectorDb.Contracts;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.Script;

/// <summary>Passes each batch to a script. A batch is kept when the script fails.</summary>
[Sink(typeof(ScriptSinkSettings))]
internal sealed class ScriptSink(ScriptSinkSettings settings, SinkContext context) : ISink
{
    private ISinkScript? _script;

    public string Location => settings.Location;

    public ValueTask<string?> TestAsync(CancellationToken cancellation)
    {
        return settings.Open is null && context.Script is null ? throw NoPowerShell() : default;
    }

    public async ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
    {
        ISinkScript script = Script();
        List<BatchOutcome> outcomes = new(batches.Count);
        Exception? fault = null;
        foreach (SinkBatch batch in batches)
        {
            try
            {
                if (fault is null)
                {
                    await script.RunAsync(batch, cancellation).ConfigureAwait(false);
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

    public ValueTask DisposeAsync()
    {
        _script?.Dispose();
        return ValueTask.CompletedTask;
    }

    private ISinkScript Script()
        => _script ??= settings.Open?.Invoke()
            ?? context.Script?.Invoke(settings.Script)
            ?? throw NoPowerShell();

    private SinkException NoPowerShell() => new("The destination is a script and can only run in PowerShell.", settings.Name);
}
