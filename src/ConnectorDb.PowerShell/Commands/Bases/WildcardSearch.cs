using System.Management.Automation;
using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>Compares names with a name that may contain wildcards.</summary>
internal static class WildcardSearch
{
    public static bool HasWildcard(string name) => WildcardPattern.ContainsWildcardCharacters(name);

    /// <summary>The test of names, in any case.</summary>
    /// <exception cref="InvalidPatternException">The pattern has a bracket without its partner, or a range that ends before it begins.</exception>
    public static Func<string, bool> Matcher(string pattern)
    {
        try
        {
            WildcardPattern compiled = new(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);

            // PowerShell parses a pattern when it is first compared.
            compiled.IsMatch("");
            return compiled.IsMatch;
        }
        catch (WildcardPatternException error)
        {
            throw new InvalidPatternException(pattern, error);
        }
    }

    /// <param name="all">The list.</param>
    /// <param name="nameOf">The name of an element.</param>
    /// <param name="name">The name to search for, in any case.</param>
    /// <param name="missing">The error message when a name without wildcards is not found.</param>
    /// <exception cref="InvalidPatternException">The name is no valid pattern.</exception>
    /// <exception cref="NotFoundException">No element has the name, and the name has no wildcards.</exception>
    public static T[] Find<T>(IEnumerable<T> all, Func<T, string> nameOf, string name, string missing)
    {
        // Poll items and destinations can have any name, also one that looks like a pattern.
        T[] elements = [.. all];
        if (Array.FindAll(elements, element => nameOf(element) == name) is { Length: > 0 } exact)
        {
            return exact;
        }

        Func<string, bool> isMatch = Matcher(name);
        T[] found = [.. elements.Where(element => isMatch(nameOf(element)))];
        return found.Length > 0 || HasWildcard(name) ? found : throw new NotFoundException(missing, name);
    }
}
