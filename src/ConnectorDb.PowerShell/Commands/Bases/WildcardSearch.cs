using System.Management.Automation;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>Searches a list for a name that may contain wildcards.</summary>
internal static class WildcardSearch
{
    /// <param name="all">The list.</param>
    /// <param name="nameOf">The name of an element.</param>
    /// <param name="name">The name to search for, in any case.</param>
    /// <param name="missing">The error message when a name without wildcards is not found.</param>
    /// <exception cref="NotFoundException">No element has the name, and the name has no wildcards.</exception>
    public static T[] Find<T>(IEnumerable<T> all, Func<T, string> nameOf, string name, string missing)
    {
        WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
        T[] found = [.. all.Where(element => pattern.IsMatch(nameOf(element)))];
        return found.Length > 0 || WildcardPattern.ContainsWildcardCharacters(name)
            ? found
            : throw new NotFoundException(missing, name);
    }
}
