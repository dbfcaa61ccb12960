using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConnectorDb.Contracts;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>
/// Runs the script of a destination, each time in a runspace of its own, because the caller's may be at work. The script is
/// given one object: Channel, and Points as datapoints. An error of it means that the items are kept.
/// </summary>
internal sealed class SinkScriptExecution(string script)
{
    public ValueTask RunAsync(SinkBatch run, CancellationToken cancellation)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(InitialSessionState.CreateDefault2());
        using CancellationTokenRegistration stopping = cancellation.Register(shell.Stop);
        PSObject batch = new();
        batch.Properties.Add(new PSNoteProperty("Channel", run.Channel.Name));
        batch.Properties.Add(new PSNoteProperty("Points", Enumerable.Range(0, run.Count).Select(i => run.Points.At(i)).ToArray()));
        shell.AddScript(script).AddArgument(batch).Invoke();
        return shell.HadErrors && shell.Streams.Error.Count > 0
            ? throw new SinkException($"The script of the destination reported: {shell.Streams.Error[0]}", null)
            : ValueTask.CompletedTask;
    }
}
