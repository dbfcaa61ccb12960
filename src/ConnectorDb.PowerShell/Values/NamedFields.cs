using System.Collections;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Converts a hashtable to the fields or tags of a point.</summary>
internal static class NamedFields
{
    /// <param name="given">Null for none.</param>
    /// <param name="omitted">Receives those that are NaN or infinite, which are left out.</param>
    /// <exception cref="InvalidValueException">A value has no JSON form.</exception>
    public static DataObject Of(IDictionary? given, OmittedMembers omitted)
    {
        List<KeyValuePair<string, DataValue>> members = [];
        foreach ((string name, object? value) in PowerShellValue.Entries(given ?? new Hashtable()))
        {
            if (PowerShellValue.TryRead(name, value, omitted, out DataValue member, out double notFinite))
            {
                members.Add(new(name, member));
            }
            else
            {
                omitted.Add(new OmittedMember(name, notFinite));
            }
        }

        return new DataObject([.. members]);
    }
}
