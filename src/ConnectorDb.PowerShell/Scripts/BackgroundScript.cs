using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConnectorDb.PowerShell.Scripts;

/// <summary>
/// A script block for the background, with the variables and functions of its caller, the current folder, and the values of
/// <c>$using:</c>. It must be created on the thread of the caller.
/// </summary>
internal sealed class BackgroundScript(ScriptBlock script, ScriptCaller caller)
{
    public ScriptCaller Caller => caller;

    /// <summary>The script, which belongs to no runspace.</summary>
    public ScriptBlock Script { get; } = (script.Ast as ScriptBlockAst ?? Parser.ParseInput(script.ToString(), script.File, out _, out _)).GetScriptBlock();

    public ScriptScope Scope { get; } = new(script, caller);

    public Hashtable Using { get; } = UsingValues.Of(script, caller.Session);
}
