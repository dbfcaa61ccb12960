using System.Collections;
using System.Globalization;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Converts a hashtable to the fields or tags of a point.</summary>
internal static class NamedFields
{
    /// <exception cref="InvalidValueException">A value has no JSON form.</exception>
    public static DataObject Of(IDictionary? given)
        => new([.. (given ?? new Hashtable()).Cast<DictionaryEntry>()
            .Select(entry => new KeyValuePair<string, DataValue>(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, PowerShellValue.Read(entry.Value)))]);
}
