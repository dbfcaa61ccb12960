namespace ConnectorDb.PowerShell.Services;

/// <summary>Quotes words of a command line for a shell of the platform.</summary>
internal static class ShellQuoting
{
    private const string Unquoted = "-_./:=@,+";

    public static string Of(string word)
        => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Unquoted.Contains(c, StringComparison.Ordinal)) ? word
            : OperatingSystem.IsWindows() ? $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
