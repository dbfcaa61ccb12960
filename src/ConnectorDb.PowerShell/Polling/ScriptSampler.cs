using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConnectorDb.Contracts;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Polling;

/// <summary>
/// Samples with a script in a runspace that exists as long as the sampler, so that the script can keep state in
/// <c>$script:</c> variables. The script receives the argument of the poll item; its last output is the value.
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

            // Registered after the start, because stopping a pipeline that has not started has no effect.
            using CancellationTokenRegistration stopping = cancellation.Register(() => shell.BeginStop(null, null));
            shell.EndInvoke(await ended.Task.ConfigureAwait(false));
            cancellation.ThrowIfCancellationRequested();
            return shell.Streams.Error.Count > 0 ? throw NoValue(shell.Streams.Error[0].ToString(), null)
                : output.Count == 0 || output[^1] is null ? throw NoValue("it has no output", null)
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

    private SampleException NoValue(string reason, Exception? cause)
        => new($"The script of {context.Key} returned no value: {reason}", context.Key, cause);
}
