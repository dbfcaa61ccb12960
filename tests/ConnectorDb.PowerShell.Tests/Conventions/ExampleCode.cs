using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace ConnectorDb.PowerShell.Tests.Conventions;

/// <summary>The scripts in the examples of a page.</summary>
internal static partial class ExampleCode
{
    /// <summary>Problems in the scripts of an example that can be found without running them.</summary>
    public static IEnumerable<string> Problems(string example, IReadOnlyList<CmdletInfo> cmdlets)
    {
        foreach (Match fence in PowerShellFence().Matches(example))
        {
            ScriptBlockAst script = Parser.ParseInput(fence.Groups["text"].Value, out _, out ParseError[] errors);
            foreach (ParseError error in errors)
            {
                yield return $"line {error.Extent.StartLineNumber}: {error.Message}";
            }

            foreach (CommandAst command in script.FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
            {
                foreach (string problem in Problems(command, cmdlets))
                {
                    yield return problem;
                }
            }
        }
    }

    /// <summary>The pages that a page links to.</summary>
    public static IEnumerable<string> Links(string page)
        => PageLink().Matches(page).Select(m => m.Groups["file"].Value);

    private static IEnumerable<string> Problems(CommandAst command, IReadOnlyList<CmdletInfo> cmdlets)
    {
        string name = command.GetCommandName() ?? "";
        CmdletInfo? cmdlet = cmdlets.FirstOrDefault(c => c.Name == name);
        if (cmdlet is null)
        {
            return name.Contains("-Cdb", StringComparison.OrdinalIgnoreCase) ? [$"{name} is no cmdlet of the module"] : [];
        }

        return Missing(command, cmdlet).Concat(Unsafe(command));
    }

    private static IEnumerable<string> Missing(CommandAst command, CmdletInfo cmdlet)
        => from parameter in command.CommandElements.OfType<CommandParameterAst>()
           where !cmdlet.Parameters.Values.Any(p => p.Name == parameter.ParameterName || p.Aliases.Contains(parameter.ParameterName))
           select $"{cmdlet.Name} has no parameter -{parameter.ParameterName}";

    /// <summary>The parts of a command that a user should not paste: it deletes without a question, or contacts a host.</summary>
    private static IEnumerable<string> Unsafe(CommandAst command)
    {
        string name = command.GetCommandName();
        foreach (CommandParameterAst parameter in command.CommandElements.OfType<CommandParameterAst>())
        {
            if (parameter.ParameterName == "Confirm" || (parameter.ParameterName == "Force" && (name.StartsWith("Restore-", StringComparison.Ordinal) || name.StartsWith("Remove-", StringComparison.Ordinal))))
            {
                yield return $"{name} -{parameter.ParameterName} deletes without a question";
            }
        }

        foreach (StringConstantExpressionAst text in command.FindAll(a => a is StringConstantExpressionAst, searchNestedScriptBlocks: true).Cast<StringConstantExpressionAst>())
        {
            if (Uri.TryCreate(text.Value, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" && !address.IsLoopback)
            {
                yield return $"{name} contacts {address.Host}; use 127.0.0.1";
            }
        }
    }

    [GeneratedRegex(@"^```powershell[^\n]*\n(?<text>.*?)\r?\n```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex PowerShellFence();

    [GeneratedRegex(@"\]\((?<file>[\w-]+\.md)\)")]
    private static partial Regex PageLink();
}
