using System.Globalization;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Warns of members that were left out of objects because they are NaN or infinite, which JSON cannot hold.</summary>
/// <remarks>The first of each name is reported at once, the number of further ones at the end.</remarks>
/// <param name="warn">Writes a warning.</param>
internal sealed class OmittedMembers(Action<string> warn)
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public void Add(string name, double number)
    {
        _counts[name] = _counts.GetValueOrDefault(name) + 1;
        if (_counts[name] == 1)
        {
            warn($"'{name}' is {number.ToString(CultureInfo.InvariantCulture)}, which JSON cannot hold. It was left out; the other members of the object are kept.");
        }
    }

    public void Complete()
    {
        foreach ((string name, long count) in _counts)
        {
            if (count > 1)
            {
                warn($"'{name}' was left out of {count:N0} objects, because it is NaN or infinite.");
            }
        }
    }
}
