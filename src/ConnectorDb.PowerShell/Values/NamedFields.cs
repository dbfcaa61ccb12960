using System.Collections;
using System.Globalization;

namespace ConnectorDb.PowerShell.Values;

/// <summary>The fields or tags of a point, from a hashtable.</summary>
internal static class NamedFields
{
    /// <exception cref="InvalidValueException">A value has no JSON form.</exception>
    public static DataObject Of(IDictionary? given)
        => new([.. (given ?? new Hashtable()).Cast<DictionaryEntry>()
            .Select(entry => new KeyValuePair<string, DataValue>(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, PowerShellValue.Read(entry.Value)))]);
}
