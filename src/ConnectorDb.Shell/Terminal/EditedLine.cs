namespace ConnectorDb.Shell.Terminal;

/// <summary>A line while it is typed: its text and where the cursor stands.</summary>
internal sealed class EditedLine
{
    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    public void Set(string text) => Set(text, text.Length);

    public void Set(string text, int cursor)
    {
        Text = text;
        Cursor = Math.Clamp(cursor, 0, text.Length);
    }

    public void Insert(char character) => Set(Text.Insert(Cursor, character.ToString()), Cursor + 1);

    public void Move(int by) => Set(Text, Cursor + by);

    public void MoveToStart() => Set(Text, 0);

    public void MoveToEnd() => Set(Text, Text.Length);

    public void DeleteBefore()
    {
        if (Cursor > 0)
        {
            Set(Text.Remove(Cursor - 1, 1), Cursor - 1);
        }
    }

    public void DeleteAt()
    {
        if (Cursor < Text.Length)
        {
            Set(Text.Remove(Cursor, 1), Cursor);
        }
    }

    /// <summary>The part that fits into so many columns and shows the cursor, and the cursor's column in it.</summary>
    public (string Text, int Column) Window(int columns)
    {
        var start = Math.Max(0, Cursor - columns + 1);
        return (Text.Substring(start, Math.Min(columns, Text.Length - start)), Cursor - start);
    }
}
