using System.Globalization;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>
/// The folders of users, devices or streams that lie side by side, on every system the same, so that an export can be copied to any other.
/// See docs/design/046-export-and-import.md.
/// </summary>
/// <param name="siblings">All names that lie side by side.</param>
internal sealed class FolderNames(IEnumerable<string> siblings)
{
    private const char Mark = '~';

    /// <summary>The devices of Windows, which no folder can be named after.</summary>
    private static readonly HashSet<string> s_devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"com{i}", $"lpt{i}" })],
        StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _ambiguous = new(
        siblings.Distinct(StringComparer.Ordinal).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(names => names.Count() > 1).Select(names => names.Key),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The name itself where every system can have it and no sibling differs in case only; else the name, marked with which of its letters are capitals.</summary>
    public string this[string name] => s_devices.Contains(name) || _ambiguous.Contains(name)
        ? string.Create(CultureInfo.InvariantCulture, $"{name}{Mark}{Capitals(name):x}")
        : name;

    /// <summary>A bit for each letter, the first the lowest.</summary>
    private static int Capitals(string name) => name.Select((letter, i) => char.IsAsciiLetterUpper(letter) ? 1 << i : 0).Sum();
}
