using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace ConnectorDb.PowerShell.Subscriptions;

/// <summary>
/// Runs the action of a subscription in its own runspace and thread, so that it runs while the runspace of the user is busy.
/// The module is imported, and the connection is the default.
/// </summary>
internal sealed class ActionRunspace(string action, Hashtable usingValues, string module, PSHost host, Action<Runspace> prepare) : IDisposable
{
    private readonly Runspace _runspace = RunspaceFactory.CreateRunspace(host, State(module));
    private readonly object _gate = new();
    private System.Management.Automation.PowerShell? _running;
    private bool _isClosed;

    /// <summary>True when the caller is the action itself.</summary>
    public bool IsCurrent => Runspace.DefaultRunspace?.InstanceId == _runspace.InstanceId;

    /// <summary>Runs the action once and returns its output and its non-terminating errors.</summary>
    /// <param name="subscription">The value of <c>$Subscription</c> in the action.</param>
    /// <exception cref="RuntimeException">The action threw an exception or was stopped.</exception>
    public async Task<(IReadOnlyList<PSObject?> Output, IReadOnlyList<ErrorRecord> Errors)> RunAsync(CdbSubscription subscription, params object[] arguments)
    {
        using System.Management.Automation.PowerShell pipeline = Begin(subscription);
        PSDataCollection<PSObject?> output = [];
        pipeline.AddScript(action);
        foreach (object argument in arguments)
        {
            pipeline.AddArgument(argument);
        }

        pipeline.AddParameter(UsingValues.Parameter, usingValues);
        try
        {
            // The continuation must not run on the thread of the runspace: the next action would then wait for its own thread.
            TaskCompletionSource<IAsyncResult> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            pipeline.BeginInvoke<PSObject, PSObject?>(null, output, null, ended.SetResult, null);
            pipeline.EndInvoke(await ended.Task.ConfigureAwait(false));
            return ([.. output], [.. pipeline.Streams.Error]);
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
            }
        }
    }

    /// <summary>Stops the action like Ctrl+C, without waiting for its end.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isClosed = true;
            _running?.BeginStop(null, null);
        }
    }

    /// <summary>Closes the runspace and the connections of the action.</summary>
    public void Dispose() => _runspace.Dispose();

    private System.Management.Automation.PowerShell Begin(CdbSubscription subscription)
    {
        if (_runspace.RunspaceStateInfo.State == RunspaceState.BeforeOpen)
        {
            _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
            _runspace.Open();
            prepare(_runspace);
            _runspace.SessionStateProxy.SetVariable("Subscription", subscription);
        }

        lock (_gate)
        {
            if (_isClosed)
            {
                throw new OperationCanceledException();
            }

            _running = System.Management.Automation.PowerShell.Create();
            _running.Runspace = _runspace;
            return _running;
        }
    }

    private static InitialSessionState State(string module)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([module]);
        return state;
    }
}
