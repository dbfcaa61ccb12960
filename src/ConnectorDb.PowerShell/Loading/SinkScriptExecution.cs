using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConnectorDb.Contracts;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>
/// Runs the script of a destination in a new runspace, because the caller's may be busy. The script receives one object with Channel and
/// Points. The logger keeps the entries when the script fails.
/// </summary>
internal sealed class SinkScriptExecution(string script)
{
    public ValueTask RunAsync(SinkBatch batch, CancellationToken cancellation)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(InitialSessionState.CreateDefault2());
        using CancellationTokenRegistration stopping = cancellation.Register(shell.Stop);
        PSObject argument = new();
        argument.Properties.Add(new PSNoteProperty("Channel", batch.Channel.Name));
        argument.Properties.Add(new PSNoteProperty("Points", Enumerable.Range(0, batch.Count).Select(i => batch.Points.At(i)).ToArray()));
        shell.AddScript(script).AddArgument(argument).Invoke();
        return shell.HadErrors && shell.Streams.Error.Count > 0
            ? throw new SinkException($"The script of the destination reported: {shell.Streams.Error[0]}", null)
            : ValueTask.CompletedTask;
    }
}
