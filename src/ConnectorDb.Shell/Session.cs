using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConnectorDb.Shell.Hosting;
using ConnectorDb.Shell.Terminal;

namespace ConnectorDb.Shell;

/// <summary>A runspace with the module imported, whose output goes to the screen through the engine's own formatting.</summary>
internal sealed class Session : IDisposable
{
    private readonly ConsoleScreen _screen;
    private readonly ShellHost _host;
    private readonly Runspace _runspace;
    private readonly MissingCmdlets _missing = new();
    private readonly Lock _gate = new();
    private PowerShell? _running;

    private Session(ConsoleScreen screen)
    {
        _screen = screen;
        _host = new ShellHost(screen, Stop);
        _runspace = RunspaceFactory.CreateRunspace(_host, State());
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
    }

    /// <summary>The code given to <c>exit</c>.</summary>
    public int RequestedExitCode => _host.RequestedExitCode ?? ExitCode.Success;

    public bool HasExited => _host.RequestedExitCode is not null;

    /// <summary>What <c>$?</c> says.</summary>
    public bool LastCommandSucceeded => _runspace.SessionStateProxy.GetVariable("?") is true;

    /// <summary>What the session's <c>prompt</c> function answers.</summary>
    public string PromptText
    {
        get
        {
            using var pipeline = PowerShell.Create(_runspace);
            return string.Concat(pipeline.AddCommand("prompt").Invoke());
        }
    }

    /// <exception cref="UsageException">The module is not there or cannot be imported.</exception>
    public static Session Open(ConsoleScreen screen)
    {
        var manifest = ModuleManifest.Find();
        var session = new Session(screen);
        session._runspace.Open();
        session.Import(manifest);
        return session;
    }

    public Outcome Run(ScriptFile script, IEnumerable<CommandParameter> arguments)
    {
        try
        {
            var name = Path.GetFileName(script.Path);
            _runspace.SessionStateProxy.InvokeProvider.Item.Set($"Function:\\global:{name}", script.Load());
            var command = new Command(name, isScript: false, useLocalScope: false);
            foreach (var argument in arguments)
            {
                command.Parameters.Add(argument);
            }

            return Run(command);
        }
        catch (ParseException e)
        {
            Show(e);
            return Outcome.Failed;
        }
    }

    public Outcome Run(Command command)
    {
        command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        using var pipeline = PowerShell.Create(_runspace);
        pipeline.Commands.AddCommand(command).AddCommand("Out-Default");
        try
        {
            Invoke(pipeline);
            return HasExited ? Outcome.Exited : WasStopped(pipeline) ? Outcome.Stopped : Outcome.Finished;
        }
        catch (PipelineStoppedException)
        {
            return Outcome.Stopped;
        }
        catch (RuntimeException e)
        {
            Show(e);
            return Outcome.Failed;
        }
        finally
        {
            ExplainMissingCmdlets();
        }
    }

    /// <summary>What could stand at that place of the text.</summary>
    public CommandCompletion Complete(string text, int cursor)
    {
        using var pipeline = PowerShell.Create(_runspace);
        return CommandCompletion.CompleteInput(text, cursor, null, pipeline);
    }

    /// <summary>Asks the pipeline that runs, if there is one, to stop; returns at once.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _running?.BeginStop(null, null);
        }
    }

    public void Dispose() => _runspace.Dispose();

    private static InitialSessionState State()
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // What pwsh has by default; the engine alone would run no scripts.
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.RemoteSigned;
        }

        return state;
    }

    private void Import(string manifest)
    {
        using var pipeline = PowerShell.Create(_runspace);
        pipeline.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", ActionPreference.Stop);
        try
        {
            pipeline.Invoke();
        }
        catch (RuntimeException e)
        {
            throw new UsageException($"The module {manifest} cannot be imported: {e.Message} Has it been built? 'dotnet build' builds it.");
        }
    }

    private void Invoke(PowerShell pipeline)
    {
        lock (_gate)
        {
            _running = pipeline;
        }

        try
        {
            // In the history, and so $? is kept for who asks next.
            pipeline.Invoke(null, new PSInvocationSettings { AddToHistory = true });
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
            }

            _screen.EndProgress();
        }
    }

    private void ExplainMissingCmdlets()
    {
        if (_runspace.SessionStateProxy.GetVariable("Error") is IEnumerable errors && _missing.Explain(errors) is { } explanation)
        {
            _screen.WriteError(explanation + Environment.NewLine);
        }
    }

    private static bool WasStopped(PowerShell pipeline) => pipeline.InvocationStateInfo.State == PSInvocationState.Stopped;

    // Out-Default takes the record for output, so where output goes is changed for it.
    private void Show(RuntimeException error)
    {
        using var pipeline = PowerShell.Create(_runspace);
        pipeline.AddCommand("Out-Default").AddParameter("InputObject", error.ErrorRecord);
        _host.ShowAsError(() => pipeline.Invoke());
    }
}
