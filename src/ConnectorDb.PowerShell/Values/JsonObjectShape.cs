using System.Management.Automation;

namespace ConnectorDb.PowerShell.Values;

/// <summary>
/// Converts a JSON object to a custom object with a note property per member. Where names are empty or differ only in
/// case, which properties do not allow, it is an ordered dictionary.
/// </summary>
internal static class JsonObjectShape
{
    public static object Convert(DataObject value)
    {
        if (!CanBeProperties(value))
        {
            return value.ToDictionary();
        }

        PSObject shaped = new();
        foreach ((string name, DataValue member) in value.Members)
        {
            shaped.Properties.Add(new PSNoteProperty(name, InvariantText.Of(member)), preValidated: true);
        }

        return shaped;
    }

    private static bool CanBeProperties(DataObject value)
    {
        HashSet<string> seen = new(value.Count, StringComparer.OrdinalIgnoreCase);
        foreach ((string name, _) in value.Members)
        {
            if (name.Length == 0 || !seen.Add(name))
            {
                return false;
            }
        }

        return true;
    }
}
