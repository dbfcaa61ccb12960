using System.Management.Automation;
using System.Reflection;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <content>Patterns without a match.</content>
public abstract partial class CdbCmdlet
{
    private static readonly string[] s_readers = [VerbsCommon.Get, VerbsDiagnostic.Measure, VerbsDiagnostic.Test, VerbsLifecycle.Invoke];

    /// <summary>Says that a pattern matches nothing: a warning if the cmdlet then does nothing, else text of -Verbose, because no output says it.</summary>
    /// <param name="kind">What the pattern names, such as a stream.</param>
    /// <param name="pattern">The pattern; null if it is not known any more.</param>
    /// <param name="listing">The command that lists what there is.</param>
    private protected void ReportNoMatch(string kind, string? pattern, string listing)
    {
        string message = $"No {kind} matches {(pattern is null ? "the pattern" : $"'{pattern}'")}";
        if (s_readers.Contains(GetType().GetCustomAttribute<CmdletAttribute>()!.VerbName))
        {
            WriteVerbose($"{message}.");
        }
        else
        {
            Warn($"{message}, so {MyInvocation.MyCommand.Name} does nothing for it. {listing} lists what there is.");
        }
    }

    /// <inheritdoc cref="ReportNoMatch(string, string?, string)"/>
    private protected void ReportNoMatch(CdbPathKind kind, string pattern)
        => ReportNoMatch(kind.ToString().ToLowerInvariant(), pattern, kind is CdbPathKind.Stream ? "Get-CdbStream -Recurse" : $"Get-Cdb{kind}");
}
