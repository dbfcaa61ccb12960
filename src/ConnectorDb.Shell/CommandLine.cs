using ConnectorDb.Shell.Modes;

namespace ConnectorDb.Shell;

/// <summary>What the words after the program's name ask for.</summary>
internal static class CommandLine
{
    /// <exception cref="UsageException">The words name an option that is not there, or miss the text that an option needs.</exception>
    public static IMode Parse(IReadOnlyList<string> words)
    {
        if (words.Count == 0)
        {
            return Console.IsInputRedirected ? new InputMode() : new PromptMode();
        }

        var rest = words.Skip(1).ToArray();
        return words[0].ToLowerInvariant() switch
        {
            "-command" or "-c" => new CommandMode(Text(words[0], rest)),
            "-file" or "-f" => Script(words[0], rest),
            "-help" or "-h" or "--help" or "-?" => new TextMode(Usage.Text),
            "-version" or "-v" or "--version" => new TextMode(Usage.Version),
            ['-', ..] => throw new UsageException($"There is no option '{words[0]}'.{Environment.NewLine}{Usage.Text}"),
            _ => new ScriptMode(words[0], rest),
        };
    }

    private static string Text(string option, string[] rest) => rest.Length > 0
        ? string.Join(' ', rest)
        : throw new UsageException($"'{option}' needs the commands to run, for example {option} \"Get-Command -Module ConnectorDb\".");

    private static ScriptMode Script(string option, string[] rest) => rest is [var path, .. var arguments]
        ? new ScriptMode(path, arguments)
        : throw new UsageException($"'{option}' needs the path of a script file.");
}
