using System.Management.Automation;

namespace ConnectorDb.PowerShell.Scripts;

/// <summary>The output and errors of a run of a script.</summary>
/// <param name="Output">What the script returned, also before it ended by an error.</param>
/// <param name="NonTerminating">The errors after which it continued.</param>
/// <param name="Terminating">The error that ended it; null when it ran to its end.</param>
internal sealed record ScriptResult(IReadOnlyList<PSObject?> Output, IReadOnlyList<ErrorRecord> NonTerminating, ErrorRecord? Terminating)
{
    public IEnumerable<ErrorRecord> Errors => Terminating is null ? NonTerminating : NonTerminating.Append(Terminating);
}
