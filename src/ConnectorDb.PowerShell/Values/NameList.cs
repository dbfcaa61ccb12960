using System.Collections.ObjectModel;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Names with a text that a column of a table holds: <c>air; water</c>.</summary>
public sealed class NameList(IEnumerable<string> names) : ReadOnlyCollection<string>([.. names])
{
    private const char Separator = ';';

    /// <summary>The names in a cell of a table.</summary>
    internal static string[] Read(string cell) => cell.Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public override string ToString() => string.Join($"{Separator} ", this);
}
