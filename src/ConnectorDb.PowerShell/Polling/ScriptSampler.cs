using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConnectorDb.Contracts;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Polling;

/// <summary>
/// Measures by a script, in a runspace of its own that lives as long as the sampler, so that the script may keep what it needs in
/// <c>$script:</c> variables. It is given the argument of its item; the last thing it puts out is the value.
/// </summary>
internal sealed class ScriptSampler(string script, SamplerContext context) : ISampler
{
    private Runspace? _runspace;

    public async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = Opened();
        shell.AddScript(script).AddArgument(context.Argument);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            using PSDataCollection<PSObject?> output = [];
            TaskCompletionSource<IAsyncResult> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            shell.BeginInvoke<PSObject, PSObject?>(null, output, null, ended.SetResult, null);

            // Not before: what is stopped already does not begin.
            using CancellationTokenRegistration stopping = cancellation.Register(() => shell.BeginStop(null, null));
            shell.EndInvoke(await ended.Task.ConfigureAwait(false));
            cancellation.ThrowIfCancellationRequested();
            return shell.Streams.Error.Count > 0 ? throw NoValue(shell.Streams.Error[0].ToString(), null)
                : output.Count == 0 || output[^1] is null ? throw NoValue("it put out nothing", null)
                : PowerShellValue.Read(output[^1]);
        }
        catch (PipelineStoppedException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (RuntimeException error)
        {
            throw NoValue(error.Message, error);
        }
    }

    public void Dispose() => _runspace?.Dispose();

    private Runspace Opened()
    {
        if (_runspace is null)
        {
            _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
            _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
            _runspace.Open();
        }

        return _runspace;
    }

    private SampleException NoValue(string why, Exception? cause)
        => new($"The script of {context.Key} gave no value: {why}", context.Key, cause);
}
