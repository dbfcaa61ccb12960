using System.Management.Automation;
using System.Management.Automation.Language;
using ConnectorDb.Shell.Terminal;

namespace ConnectorDb.Shell;

/// <summary>Reads whole statements from the keyboard: asks for more lines until one is complete.</summary>
internal sealed class StatementReader(ConsoleScreen screen, Func<string, int, CommandCompletion> complete)
{
    private const string More = ">> ";

    private readonly LineHistory _history = new();
    private readonly TabCompletion _completion = new(complete);

    /// <summary>The next statement; null when the input is at its end.</summary>
    public string? Read(string prompt)
    {
        var reader = new LineReader(screen, _history, _completion);
        var text = "";
        while (true)
        {
            var line = reader.Read(text.Length == 0 ? prompt : More);
            if (line.End == LineEnd.EndOfInput)
            {
                return null;
            }

            if (line.End == LineEnd.Interrupt)
            {
                text = "";
                continue;
            }

            _history.Add(line.Text);
            text += line.Text;
            if (text.Length > 0 && !IsIncomplete(text))
            {
                return text;
            }

            text += text.Length > 0 ? "\n" : "";
        }
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return errors.Any(e => e.IncompleteInput);
    }
}
