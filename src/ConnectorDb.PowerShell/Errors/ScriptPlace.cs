using System.Collections;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Errors;

/// <summary>
/// A mistake in a script as PowerShell shows it. The record's target is a dictionary by PowerShell's own convention: where it
/// has <c>Line</c> and <c>LineText</c>, these are drawn above the words. PowerShell puts the words on one line, so the
/// mark under the place, which the exception has in its message, goes into the drawn text.
/// </summary>
internal static class ScriptPlace
{
    /// <summary>What PowerShell puts before each further line of what it draws.</summary>
    private const string Margin = "\n     | ";

    public static ErrorRecord Of(ScriptSyntaxException error, string id, ErrorCategory category)
    {
        string[] message = error.Message.Split('\n');
        return new ErrorRecord(error, id, category, Target(error, message))
        {
            ErrorDetails = new ErrorDetails(message[0].TrimEnd('\r')),
        };
    }

    private static Hashtable Target(ScriptSyntaxException error, string[] message) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Script"] = error.Script,
        ["Line"] = error.Line,
        ["Column"] = error.Column,
        ["Length"] = error.Length,
        ["StartColumn"] = error.Column,
        ["EndColumn"] = error.Column + error.Length,
        ["LineText"] = message.Length > 2 ? Drawn(message[^2], message[^1]) : error.Script,
    };

    private static string Drawn(string line, string mark)
    {
        int indent = line.Length - line.TrimStart().Length;
        return line[indent..].TrimEnd() + Margin + (mark.Length > indent ? mark[indent..] : mark).TrimEnd();
    }
}
