using System.Text;

namespace ConnectorDb.Core.PipeScript.Language;

/// <summary>The text of a script, which formats syntax errors.</summary>
internal sealed class SourceText(string text)
{
    /// <summary>The number of characters of a long line that are shown on each side of an error.</summary>
    private const int Context = 60;

    public string Text { get; } = text;

    /// <summary>The exception for a syntax error; its message shows the line with carets under the error.</summary>
    public ScriptSyntaxException Error(TextSpan span, string message)
    {
        int start = Math.Clamp(span.Start, 0, Text.Length);
        int lineStart = start == 0 ? 0 : Text.LastIndexOf('\n', start - 1) + 1;
        int lineEnd = Text.IndexOf('\n', start);
        lineEnd = lineEnd < 0 ? Text.Length : lineEnd;
        int line = 1 + Text.AsSpan(0, lineStart).Count('\n');
        int length = Math.Max(1, Math.Min(span.Length, lineEnd - start));
        string shown = Show(lineStart, lineEnd, start, length);
        return new ScriptSyntaxException($"{message}\n{shown}", Text, line, start - lineStart + 1, length);
    }

    private string Show(int lineStart, int lineEnd, int start, int length)
    {
        int from = Math.Max(lineStart, start - Context);
        int to = Math.Min(lineEnd, start + Context);
        string before = from > lineStart ? "…" : "";
        string after = to < lineEnd ? "…" : "";
        StringBuilder shown = new("  ");
        shown.Append(before).Append(Text.AsSpan(from, to - from).TrimEnd('\r')).Append(after).Append("\n  ");
        shown.Append(' ', before.Length);
        foreach (char c in Text.AsSpan(from, start - from))
        {
            shown.Append(c == '\t' ? '\t' : ' ');
        }

        return shown.Append('^', Math.Clamp(to - start, 1, length)).ToString();
    }
}
