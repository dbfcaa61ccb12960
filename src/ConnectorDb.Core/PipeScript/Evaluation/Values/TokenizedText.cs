using System.Buffers;

namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>The words of a text: lower case, cut at white space and at most punctuation.</summary>
internal static class TokenizedText
{
    private static readonly SearchValues<char> s_separators = SearchValues.Create(".,/#!$%^&*;:{}=-_`~()");

    public static string[] Words(string text)
        => string.Create(text.Length, text, static (words, source) =>
            {
                for (int i = 0; i < words.Length; i++)
                {
                    words[i] = s_separators.Contains(source[i]) ? ' ' : char.ToLowerInvariant(source[i]);
                }
            })
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
