using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace ConnectorDb.Polling;

/// <summary>The tags of a poll item. Their text, as in a CSV file, is <c>room=kitchen; floor=2</c>.</summary>
public sealed class PollItemTags(IEnumerable<KeyValuePair<string, string>> tags) : ReadOnlyDictionary<string, string>(new Dictionary<string, string>(tags))
{
    private const string Separator = "; ";

    /// <summary>No tags.</summary>
    public static PollItemTags None { get; } = new([]);

    /// <summary>Reads the text of tags; empty text has none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PollItemTags? tags)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[][] pairs = [.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2, StringSplitOptions.TrimEntries))];
        bool isValid = Array.TrueForAll(pairs, pair => pair.Length == 2 && pair[0].Length > 0) && pairs.DistinctBy(pair => pair[0]).Count() == pairs.Length;
        tags = isValid ? new PollItemTags(pairs.Select(pair => KeyValuePair.Create(pair[0], pair[1]))) : null;
        return isValid;
    }

    public override string ToString() => string.Join(Separator, this.Select(tag => $"{tag.Key}={tag.Value}"));
}
