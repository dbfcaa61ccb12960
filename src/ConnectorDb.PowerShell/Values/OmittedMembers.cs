using System.Globalization;
using System.Text.RegularExpressions;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Warns of members that were left out of objects, and elements that became null, because they are NaN or infinite, which JSON cannot hold.</summary>
/// <remarks>The first of each name is reported at once, the number of further ones at the end. All elements of a list have one name.</remarks>
/// <param name="warn">Writes a warning.</param>
internal sealed partial class OmittedMembers(Action<string> warn)
{
    private readonly List<OmittedMember> _found = [];
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>An empty list for the members of one value, to be added when the value is read. It is valid until the next call: most values omit nothing.</summary>
    public List<OmittedMember> Collect()
    {
        _found.Clear();
        return _found;
    }

    public void Add(List<OmittedMember> members)
    {
        foreach (OmittedMember member in members)
        {
            Add(member);
        }
    }

    public void Add(OmittedMember member)
    {
        string name = member.Name.Contains('[', StringComparison.Ordinal) ? Index().Replace(member.Name, "[]") : member.Name;
        long count = _counts[name] = _counts.GetValueOrDefault(name) + 1;
        if (count == 1)
        {
            string fate = member.IsElement ? "null is stored in its place; the other elements" : "It was left out; the other members of the object";
            warn($"'{member.Name}' is {member.Number.ToString(CultureInfo.InvariantCulture)}, which JSON cannot hold. {fate} are kept.");
        }
    }

    public void Complete()
    {
        foreach ((string name, long count) in _counts)
        {
            if (count > 1)
            {
                warn(name.EndsWith(']')
                    ? string.Create(CultureInfo.InvariantCulture, $"{count:N0} elements of '{name}' are NaN or infinite; null is stored in their places.")
                    : string.Create(CultureInfo.InvariantCulture, $"'{name}' was left out of {count:N0} objects, because it is NaN or infinite."));
            }
        }
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}
