using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Subscriptions;

/// <summary>
/// Where the action of a subscription runs: a runspace of its own, with a thread of its own, so that it runs whatever its
/// author's runspace is doing. The module is there, and the connection is its default.
/// </summary>
internal sealed class ActionRunspace(string action, Hashtable usingValues, string module, PSHost host, CdbConnection connection) : IDisposable
{
    private readonly Runspace _runspace = RunspaceFactory.CreateRunspace(host, State(module));
    private readonly object _gate = new();
    private System.Management.Automation.PowerShell? _running;
    private bool _isClosed;

    /// <summary>The caller is the action itself.</summary>
    public bool IsCurrent => Runspace.DefaultRunspace?.InstanceId == _runspace.InstanceId;

    /// <summary>Runs the action once; the answer is what it put out, and the errors that it went on after.</summary>
    /// <param name="subscription">What the action knows as <c>$Subscription</c>.</param>
    /// <exception cref="RuntimeException">It did not come to its end.</exception>
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
            // Who goes on afterwards must not do so on the runspace's own thread, which would then wait for itself.
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

    /// <summary>Stops the action as Ctrl+C would, without waiting for it.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isClosed = true;
            _running?.BeginStop(null, null);
        }
    }

    /// <summary>Closes the runspace, and with it what the action has connected to.</summary>
    public void Dispose() => _runspace.Dispose();

    private System.Management.Automation.PowerShell Begin(CdbSubscription subscription)
    {
        if (_runspace.RunspaceStateInfo.State == RunspaceState.BeforeOpen)
        {
            _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
            _runspace.Open();
            Session.Of(_runspace).Lend(connection);
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
