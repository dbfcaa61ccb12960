using System.Management.Automation;
using System.Text;
using ConnectorDb.Help.Pages;

namespace ConnectorDb.Help.Metadata;

/// <summary>The ways to call a cmdlet, as the engine words them.</summary>
internal static class CmdletSyntax
{
    private const int Width = 110;

    public static IReadOnlyList<SyntaxPart> Of(CmdletInfo cmdlet)
        => [.. cmdlet.ParameterSets.OrderByDescending(s => s.IsDefault).ThenBy(s => s.Name, StringComparer.Ordinal)
            .Select(s => new SyntaxPart(s.Name, s.IsDefault, Wrapped($"{cmdlet.Name} {s}".Trim())))];

    /// <summary>Breaks between parameters, never inside one.</summary>
    private static string Wrapped(string syntax)
    {
        StringBuilder text = new();
        int column = 0;
        foreach (string part in Parts(syntax))
        {
            if (column > 0 && column + part.Length + 1 > Width)
            {
                text.Append('\n');
                column = 0;
            }

            text.Append(text.Length > 0 ? " " : "").Append(part);
            column += part.Length + 1;
        }

        return text.ToString();
    }

    private static IEnumerable<string> Parts(string syntax)
    {
        int depth = 0;
        int start = 0;
        for (int i = 0; i < syntax.Length; i++)
        {
            depth += syntax[i] switch { '[' or '<' => 1, ']' or '>' => -1, _ => 0 };
            bool isBreak = depth == 0 && syntax[i] == ' ' && syntax[i + 1] is '[' or '-';
            if (isBreak && i > start)
            {
                yield return syntax[start..i];
                start = i + 1;
            }
        }

        yield return syntax[start..];
    }
}
