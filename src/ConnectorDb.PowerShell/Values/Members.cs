using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Values;

/// <summary>The named members of an object: keys of a dictionary, properties of anything else.</summary>
internal static class Members
{
    /// <exception cref="InvalidValueException">The object has no such member; the message lists its members.</exception>
    public static object? Get(object? owner, string name)
        => TryGet(owner, name, out object? value)
            ? value
            : throw new InvalidValueException(
                Names(owner).ToArray() is { Length: > 0 } names
                    ? $"The object has no property '{name}'. Its properties are: {string.Join(", ", names)}."
                    : $"'{owner}' is a value without properties, so it has no '{name}'. For the value itself, omit the parameter that names a property.",
                owner);

    public static bool TryGet(object? owner, string name, out object? value)
    {
        if (Dictionary(owner) is { } dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                if (name.Equals(KeyText(entry), StringComparison.OrdinalIgnoreCase))
                {
                    value = entry.Value;
                    return true;
                }
            }

            value = null;
            return false;
        }

        PSPropertyInfo? property = owner is null ? null : PSObject.AsPSObject(owner).Properties[name];
        value = property?.Value;
        return property is not null;
    }

    public static IEnumerable<string> Names(object? owner)
    {
        if (Dictionary(owner) is { } dictionary)
        {
            return dictionary.Cast<DictionaryEntry>().Select(KeyText);
        }

        return owner is null ? [] : PSObject.AsPSObject(owner).Properties.Select(property => property.Name);
    }

    private static IDictionary? Dictionary(object? owner)
        => PowerShellObject.Unwrap(owner) as IDictionary;

    private static string KeyText(DictionaryEntry entry) => Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
}
