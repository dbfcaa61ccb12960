using System.Management.Automation;
using System.Runtime.CompilerServices;
using ConnectorDb.Logging;

namespace ConnectorDb.PowerShell.Scripts;

/// <summary>The scripts that run after each sync of a logger, one at a time and in the order of the syncs.</summary>
internal sealed class SyncScripts
{
    private static readonly ConditionalWeakTable<CdbLogger, SyncScripts> s_all = [];
    private readonly List<(ScriptRunspace Runspace, ScriptErrors Errors, bool Succeeded)> _scripts = [];
    private readonly object _gate = new();
    private Task _work = Task.CompletedTask;

    private SyncScripts(CdbLogger logger)
    {
        logger.Synced += (_, result) => Queue(() => RunAsync(result));
        logger.Closed += (_, _) => Queue(CloseAsync);
    }

    /// <param name="parameter">The parameter that the script was given to.</param>
    /// <param name="succeeded">Whether it runs after a success or after a failure.</param>
    public static void Add(CdbLogger logger, BackgroundScript script, string parameter, bool succeeded)
    {
        SyncScripts scripts = s_all.GetValue(logger, logger => new SyncScripts(logger));
        lock (scripts._gate)
        {
            scripts._scripts.Add((new ScriptRunspace(script), new ScriptErrors(script.Caller, $"The script of {parameter} for {logger.Path}", "$Error"), succeeded));
        }
    }

    /// <summary>Waits for the scripts of the syncs so far, unless one of them is the caller.</summary>
    public static void Wait(CdbLogger logger, TimeSpan limit, CancellationToken cancellation)
    {
        if (s_all.TryGetValue(logger, out SyncScripts? scripts) && !scripts.Scripts.Any(each => each.Runspace.IsCurrent))
        {
            try
            {
                scripts._work.Wait((int)Math.Min(limit.TotalMilliseconds, int.MaxValue), cancellation);
            }
            catch (OperationCanceledException)
            {
                // The caller still has to tell what waits.
            }
        }
    }

    private (ScriptRunspace Runspace, ScriptErrors Errors, bool Succeeded)[] Scripts
    {
        get
        {
            lock (_gate)
            {
                return [.. _scripts];
            }
        }
    }

    private void Queue(Func<Task> work)
    {
        lock (_gate)
        {
            _work = _work.ContinueWith(_ => work(), TaskScheduler.Default).Unwrap();
        }
    }

    private async Task RunAsync(SyncResult result)
    {
        foreach ((ScriptRunspace runspace, ScriptErrors errors, _) in Scripts.Where(each => each.Succeeded == result.Succeeded))
        {
            ScriptResult run = await runspace.RunAsync(result, [result], CancellationToken.None).ConfigureAwait(false);
            foreach (ErrorRecord error in run.Errors)
            {
                errors.Add(error);
            }
        }
    }

    private Task CloseAsync()
    {
        foreach ((ScriptRunspace runspace, _, _) in Scripts)
        {
            runspace.Dispose();
        }

        return Task.CompletedTask;
    }
}
