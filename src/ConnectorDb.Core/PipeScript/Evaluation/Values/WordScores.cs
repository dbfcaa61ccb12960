using System.Collections.Frozen;
using System.Globalization;

namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>The sentiment of English words from -5 to 5: the list AFINN-111.</summary>
internal static class WordScores
{
    private static readonly Lazy<FrozenDictionary<string, int>> s_scores = new(Read);

    public static int Of(string word) => s_scores.Value.GetValueOrDefault(word);

    private static FrozenDictionary<string, int> Read()
    {
        using Stream data = typeof(WordScores).Assembly.GetManifestResourceStream("afinn-111.txt")!;
        using StreamReader reader = new(data);
        Dictionary<string, int> scores = [];
        while (reader.ReadLine() is { } line)
        {
            int tab = line.IndexOf('\t', StringComparison.Ordinal);
            scores.Add(line[..tab], int.Parse(line.AsSpan(tab + 1), CultureInfo.InvariantCulture));
        }

        return scores.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
