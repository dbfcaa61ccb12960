using System.Globalization;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>The names of the folders of sibling nodes, the same on every system, so that exports can be copied.</summary>
/// <remarks>See docs/design/046-export-and-import.md.</remarks>
/// <param name="siblings">The names of all siblings.</param>
internal sealed class FolderNames(IEnumerable<string> siblings)
{
    private const char Mark = '~';

    /// <summary>Names of Windows devices, which no folder can have.</summary>
    private static readonly HashSet<string> s_devices = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"com{i}", $"lpt{i}" })],
        StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _ambiguous = new(
        siblings.Distinct(StringComparer.Ordinal).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(names => names.Count() > 1).Select(names => names.Key),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The name itself if every system allows it and no sibling differs only in case; otherwise with a suffix for its capital letters.</summary>
    public string this[string name] => s_devices.Contains(name) || _ambiguous.Contains(name)
        ? string.Create(CultureInfo.InvariantCulture, $"{name}{Mark}{Capitals(name):x}")
        : name;

    /// <summary>One bit per letter, the lowest bit for the first.</summary>
    private static int Capitals(string name) => name.Select((letter, i) => char.IsAsciiLetterUpper(letter) ? 1 << i : 0).Sum();
}
