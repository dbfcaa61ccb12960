using System.Management.Automation;

namespace ConnectorDb.PowerShell.Scripts;

/// <summary>
/// The errors of a script in the background: all are counted and added to <c>$Error</c> of the caller, the last one is kept, and the first
/// one at each place of the script is shown as a warning.
/// </summary>
/// <param name="script">The script, at the start of a message.</param>
/// <param name="advice">The command that shows the kept error.</param>
internal sealed class ScriptErrors(ScriptCaller caller, string script, string advice)
{
    private readonly HashSet<string> _shown = [];
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public ErrorRecord? Last { get; private set; }

    public void Add(ErrorRecord error)
    {
        Last = error;
        Interlocked.Increment(ref _count);
        if (IsNew(error))
        {
            string place = error.InvocationInfo is { ScriptLineNumber: > 0 } line ? $" in line {line.ScriptLineNumber}{(string.IsNullOrEmpty(line.ScriptName) ? "" : $" of {line.ScriptName}")}" : "";
            caller.Warn($"{script} failed{place}: {error} (Shown once. {advice} has the last error.)");
        }

        caller.AddError(error);
    }

    private bool IsNew(ErrorRecord error)
    {
        // The id of an error that a script throws is its text, which can differ each time.
        string place = error.InvocationInfo is { ScriptLineNumber: > 0 } line
            ? $"{error.Exception.GetType()} {line.ScriptName} {line.ScriptLineNumber} {line.OffsetInLine}"
            : error.FullyQualifiedErrorId;
        lock (_shown)
        {
            return _shown.Add(place);
        }
    }
}
