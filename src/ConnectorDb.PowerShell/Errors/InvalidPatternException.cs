namespace ConnectorDb.PowerShell.Errors;

/// <summary>A name with wildcards is no valid pattern.</summary>
/// <param name="pattern">The pattern as the user typed it.</param>
public sealed class InvalidPatternException(string pattern, Exception? cause = null)
    : CdbException(
        $"'{pattern}' is not a valid pattern: a '[' needs characters or a range such as a-z after it, and a ']'. Put a backtick before a '[' that belongs to the name: '{pattern.Replace("[", "`[", StringComparison.Ordinal)}'.",
        pattern,
        cause);
