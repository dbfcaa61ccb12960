using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ConnectorDb.PowerShell.Scripts;

/// <summary>
/// Runs a script of the background in its own runspace and thread, so that it runs while the runspace of its caller is busy. Its
/// <c>$script:</c> variables keep their values from one run to the next.
/// </summary>
internal sealed class ScriptRunspace(BackgroundScript script) : IDisposable
{
    // Long and unusual, because the script sees it as a function.
    private const string Function = "Invoke-CdbBackgroundScript";
    private const string UsingParameter = "--%";
    private Runspace? _runspace;

    /// <summary>True when the caller is the script itself.</summary>
    public bool IsCurrent => _runspace is not null && Runspace.DefaultRunspace?.InstanceId == _runspace.InstanceId;

    /// <summary>Variables that only this script has.</summary>
    public Dictionary<string, object> Variables { get; } = [];

    /// <summary>Runs the script once.</summary>
    /// <param name="item">The value of <c>$_</c>.</param>
    /// <param name="arguments">The arguments of the script.</param>
    /// <param name="cancellation">Stops the script like Ctrl+C.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<ScriptResult> RunAsync(object? item, object?[] arguments, CancellationToken cancellation)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = _runspace ??= Open();
        shell.Runspace.SessionStateProxy.SetVariable("_", item);
        shell.AddCommand(Function);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        shell.AddParameter(UsingParameter, script.Using);
        cancellation.ThrowIfCancellationRequested();
        PSDataCollection<PSObject?> output = [];
        try
        {
            // The continuation must not run on the thread of the runspace: the next run would then wait for its own thread.
            TaskCompletionSource<IAsyncResult> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            shell.BeginInvoke<PSObject, PSObject?>(null, output, null, ended.SetResult, null);

            // Registered after the start, because stopping a pipeline that has not started has no effect.
            using CancellationTokenRegistration stopping = cancellation.Register(() => shell.BeginStop(null, null));
            shell.EndInvoke(await ended.Task.ConfigureAwait(false));
            cancellation.ThrowIfCancellationRequested();
            return new ScriptResult([.. output], [.. shell.Streams.Error], null);
        }
        catch (RuntimeException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (RuntimeException error)
        {
            return new ScriptResult([.. output], [.. shell.Streams.Error], error.ErrorRecord);
        }
    }

    /// <summary>Closes the runspace and the connections of the script.</summary>
    public void Dispose() => _runspace?.Dispose();

    private Runspace Open()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([.. script.Scope.Modules]);
        Runspace runspace = RunspaceFactory.CreateRunspace(script.Caller.Host, state);
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
        script.Caller.Lend(runspace);
        SessionStateProxy session = runspace.SessionStateProxy;
        session.Path.SetLocation(WildcardPattern.Escape(script.Caller.Location));
        foreach ((string name, PSVariable variable) in script.Scope.Variables.Where(each => session.PSVariable.Get(each.Key) is null))
        {
            session.PSVariable.Set(new SharedVariable(name, variable));
        }

        foreach ((string name, object value) in Variables)
        {
            session.SetVariable(name, value);
        }

        foreach (ScriptBlock function in script.Scope.Functions)
        {
            Call(runspace, ". $args[0]", function);
        }

        foreach ((string alias, string command) in script.Scope.Aliases)
        {
            Call(runspace, "if (-not (Get-Alias $args[0] -ErrorAction Ignore)) { Set-Alias $args[0] $args[1] -Scope Global }", alias, command);
        }

        Call(runspace, $"Set-Item function:global:{Function} $args[0]", script.Script);
        return runspace;
    }

    private static void Call(Runspace runspace, string text, params object[] arguments)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript(text);
        foreach (object argument in arguments)
        {
            shell.AddArgument(argument);
        }

        shell.Invoke();
    }
}
