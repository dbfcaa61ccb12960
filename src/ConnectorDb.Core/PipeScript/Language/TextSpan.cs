namespace ConnectorDb.Core.PipeScript.Language;

/// <summary>A part of a script's text, in characters from its start.</summary>
internal readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>From the start of this one to the end of the other.</summary>
    public TextSpan To(TextSpan last) => new(Start, Math.Max(Length, last.End - Start));
}
