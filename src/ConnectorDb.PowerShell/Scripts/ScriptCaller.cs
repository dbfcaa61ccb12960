using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace ConnectorDb.PowerShell.Scripts;

/// <summary>The runspace of the cmdlet that was given a script block.</summary>
internal sealed class ScriptCaller
{
    private const string ErrorEvent = "ConnectorDb.ScriptError";
    private const string WarningAction = nameof(WarningAction);
    private static readonly ConditionalWeakTable<Runspace, object> s_errorEvents = [];
    private readonly PSHost _host;
    private readonly PSEventManager _events;
    private readonly bool _isSilent;

    /// <param name="cmdlet">The running cmdlet.</param>
    /// <param name="lend">Makes the connections and loggers of the caller the defaults of another runspace.</param>
    public ScriptCaller(PSCmdlet cmdlet, Action<Runspace> lend)
    {
        Session = cmdlet.SessionState;
        Module = cmdlet.MyInvocation.MyCommand.Module.Path;
        Location = Session.Path.CurrentFileSystemLocation.ProviderPath;
        Lend = lend;
        _host = cmdlet.Host;
        _events = cmdlet.Events;
        _isSilent = LanguagePrimitives.TryConvertTo(cmdlet.MyInvocation.BoundParameters.GetValueOrDefault(WarningAction) ?? Session.PSVariable.GetValue("WarningPreference"), out ActionPreference preference)
            && preference is ActionPreference.SilentlyContinue or ActionPreference.Ignore;

        // $Error belongs to the thread of the runspace, so the errors of other threads arrive as events, between its commands.
        if (s_errorEvents.TryAdd(Runspace.DefaultRunspace, _events))
        {
            _events.SubscribeEvent(null, null, ErrorEvent, null, ScriptBlock.Create("$global:Error.Insert(0, $Event.SourceArgs[0])"), supportEvent: true, forwardEvent: false);
        }
    }

    public SessionState Session { get; }

    /// <summary>The path of this module.</summary>
    public string Module { get; }

    /// <summary>The current folder.</summary>
    public string Location { get; }

    public Action<Runspace> Lend { get; }

    public PSHost Host => _host;

    /// <summary>Shows a warning unless the cmdlet was called with warnings switched off.</summary>
    public void Warn(string message)
    {
        if (!_isSilent)
        {
            _host.UI.WriteWarningLine(message);
        }
    }

    /// <summary>Adds an error to <c>$Error</c> of the caller.</summary>
    public void AddError(ErrorRecord error) => _events.GenerateEvent(ErrorEvent, null, [error], null);
}
