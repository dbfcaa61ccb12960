using System.Management.Automation.Runspaces;

namespace ConnectorDb.Shell;

/// <summary>The words after a script's name, as parameters: <c>-Name value</c>, <c>-Name:value</c>, <c>-Switch</c>, <c>-Switch:$false</c>, <c>value</c>.</summary>
internal static class ScriptArguments
{
    public static IEnumerable<CommandParameter> Parse(IEnumerable<string> words) => words.Select(Parse);

    private static CommandParameter Parse(string word)
    {
        if (!IsName(word))
        {
            return new CommandParameter(null, word);
        }

        var colon = word.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || colon == word.Length - 1
            ? new CommandParameter(word)
            : new CommandParameter(word[..colon], Value(word[(colon + 1)..]));
    }

    // A negative number is a value; PowerShell's parser sees it the same way.
    private static bool IsName(string word) => word.Length > 1 && word[0] == '-' && (char.IsLetter(word[1]) || word[1] is '_' or '?');

    private static object Value(string text) => text.ToLowerInvariant() switch
    {
        "$true" => true,
        "$false" => false,
        _ => text,
    };
}
