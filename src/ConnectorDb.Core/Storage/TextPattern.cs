using System.Text;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage;

/// <summary>A part of the path or nickname of a stream, in any case.</summary>
/// <param name="text">The empty text is part of all.</param>
internal sealed class TextPattern(string text)
{
    /// <summary>Stands before a character of <see cref="Like"/> that would stand for others.</summary>
    public const char Escape = '\\';

    /// <summary>A pattern for the LIKE of a database, with the same matches and perhaps more: databases know the upper case of ASCII only, so that each other character stands for any.</summary>
    public string Like { get; } = LikeOf(text);

    public bool IsMatch(StreamRecord stream)
        => stream.Path.ToString().Contains(text, StringComparison.OrdinalIgnoreCase) || (stream.Fields.Nickname ?? "").Contains(text, StringComparison.OrdinalIgnoreCase);

    private static string LikeOf(string text)
    {
        StringBuilder pattern = new("%");
        foreach (Rune character in text.EnumerateRunes())
        {
            pattern.Append(!character.IsAscii ? "_" : character.Value is '%' or '_' or Escape ? $"{Escape}{character}" : character.ToString());
        }

        return pattern.Append('%').ToString();
    }
}
