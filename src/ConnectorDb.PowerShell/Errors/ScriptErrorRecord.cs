using System.Collections;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Errors;

/// <summary>
/// Converts a syntax error of a script to an error record that PowerShell shows with the line of the script. PowerShell prints the
/// values <c>Line</c> and <c>LineText</c> of a target dictionary above the message. It prints the message on one line, so the
/// marker under the error position moves from the message of the exception to the printed line.
/// </summary>
internal static class ScriptErrorRecord
{
    /// <summary>The text that PowerShell prints before each line.</summary>
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
        ["LineText"] = message.Length > 2 ? Render(message[^2], message[^1]) : error.Script,
    };

    private static string Render(string line, string mark)
    {
        int indent = line.Length - line.TrimStart().Length;
        return line[indent..].TrimEnd() + Margin + (mark.Length > indent ? mark[indent..] : mark).TrimEnd();
    }
}
