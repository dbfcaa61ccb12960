namespace ConnectorDb.PowerShell.Services;

/// <summary>A word of a command line, as a shell of the platform reads it.</summary>
internal static class ShellWord
{
    private const string Harmless = "-_./:=@,+";

    public static string Of(string word)
        => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Harmless.Contains(c, StringComparison.Ordinal)) ? word
            : OperatingSystem.IsWindows() ? $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
