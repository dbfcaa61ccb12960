namespace ConnectorDb.Shell.Terminal;

/// <summary>What was typed, and how the line was ended.</summary>
internal readonly record struct TypedLine(string Text, LineEnd End);

internal enum LineEnd
{
    Enter,

    /// <summary>Ctrl+C: what was typed does not count.</summary>
    Interrupt,

    /// <summary>Ctrl+D on an empty line: nothing more will be typed.</summary>
    EndOfInput,
}
