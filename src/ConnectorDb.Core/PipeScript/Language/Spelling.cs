namespace ConnectorDb.Core.PipeScript.Language;

/// <summary>Suggests the nearest existing name for a misspelled one.</summary>
public static class Spelling
{
    /// <summary>The name with the fewest edits; null when all differ too much.</summary>
    public static string? Nearest(string written, IEnumerable<string> names)
    {
        int most = Math.Max(1, written.Length / 3);
        return written.Length > 40
            ? null
            : names.Select(name => (Name: name, Distance: Distance(written, name)))
                .Where(candidate => candidate.Distance <= most && candidate.Distance < candidate.Name.Length)
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .Select(candidate => candidate.Name)
                .FirstOrDefault();
    }

    /// <summary>The number of letters to insert, delete, replace or swap, ignoring case (Damerau-Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        int[,] changes = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                changes[i, j] = i == 0 || j == 0 ? i + j : Fewest(i, j);
            }
        }

        return changes[from.Length, to.Length];

        int Fewest(int i, int j)
        {
            int replaced = changes[i - 1, j - 1] + (AreAlike(from[i - 1], to[j - 1]) ? 0 : 1);
            int fewest = Math.Min(replaced, 1 + Math.Min(changes[i - 1, j], changes[i, j - 1]));
            return i > 1 && j > 1 && AreAlike(from[i - 1], to[j - 2]) && AreAlike(from[i - 2], to[j - 1])
                ? Math.Min(fewest, 1 + changes[i - 2, j - 2])
                : fewest;
        }
    }

    private static bool AreAlike(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
