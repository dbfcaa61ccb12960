using System.Text;

namespace ConnectorDb.Help.Pages;

/// <summary>A page → its text, as platyPS would lay it out.</summary>
internal static class CommandPageWriter
{
    private const string FrontMatter =
        "---\ndocument type: cmdlet\nexternal help file: ConnectorDb.PowerShell.dll-Help.xml\nHelpUri: ''\nLocale: en-US\n"
        + "Module Name: ConnectorDb\nPlatyPS schema version: 2024-05-01\n";

    private const string CommonParameters =
        "This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable, -InformationAction, "
        + "-InformationVariable, -OutBuffer, -OutVariable, -PipelineVariable, -ProgressAction, -Verbose, -WarningAction, and "
        + "-WarningVariable. For more information, see [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).";

    public static string Write(CommandPage page)
    {
        StringBuilder text = new();
        text.Append(FrontMatter + $"title: {page.Name}\n---\n");
        Head(text, 1, page.Name, "");
        Head(text, 2, "SYNOPSIS", page.Synopsis);
        Head(text, 2, "SYNTAX", "");
        foreach (SyntaxPart part in page.Syntax)
        {
            Head(text, 3, part.Set + (part.IsDefault ? " (Default)" : ""), Fenced("", part.Text));
        }

        Head(text, 2, "ALIASES", page.Aliases);
        Head(text, 2, "DESCRIPTION", page.Description);
        Parts(text, "EXAMPLES", page.Examples);
        Head(text, 2, "PARAMETERS", "");
        foreach (ParameterPart parameter in page.Parameters)
        {
            Head(text, 3, "-" + parameter.Name, $"{parameter.Description}\n\n{Fenced("yaml", parameter.Facts.ToString())}");
        }

        Head(text, 3, "CommonParameters", CommonParameters);
        Parts(text, "INPUTS", page.Inputs);
        Parts(text, "OUTPUTS", page.Outputs);
        Head(text, 2, "NOTES", page.Notes);
        Head(text, 2, "RELATED LINKS", page.Links);
        return text.ToString();
    }

    private static void Parts(StringBuilder text, string title, IReadOnlyList<TitledPart> parts)
    {
        Head(text, 2, title, "");
        foreach (TitledPart part in parts)
        {
            Head(text, 3, part.Title, part.Body);
        }
    }

    private static void Head(StringBuilder text, int level, string title, string body)
    {
        text.Append('\n').Append('#', level).Append(' ').Append(title).Append('\n');
        if (body.Length > 0)
        {
            text.Append('\n').Append(body.ReplaceLineEndings("\n")).Append('\n');
        }
    }

    private static string Fenced(string language, string text) => $"```{language}\n{text}\n```";
}
