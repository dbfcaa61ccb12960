using System.Management.Automation;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Converts any object to a value; an object without a JSON form becomes an object of its properties that have one.</summary>
internal static class WholeObject
{
    public static DataValue Read(object? given, OmittedMembers? omitted)
    {
        object? bare = PowerShellObject.Unwrap(given);
        bool isJson = bare is null or PSCustomObject or System.Collections.IEnumerable || DataValue.TryFromNatural(bare, out _);
        return isJson ? PowerShellValue.Read(given, omitted) : DataValue.From(new DataObject(Properties(given!, omitted).ToArray()));
    }

    private static IEnumerable<KeyValuePair<string, DataValue>> Properties(object given, OmittedMembers? omitted)
    {
        foreach (PSPropertyInfo property in PSObject.AsPSObject(given).Properties)
        {
            if (!TryGet(property, out object? value) || !DataValue.TryFromNatural(value, out DataValue member))
            {
                continue;
            }

            if (member.IsNumber && !double.IsFinite(member.AsDouble()))
            {
                omitted?.Add(new OmittedMember(property.Name, member.AsDouble()));
                continue;
            }

            yield return new(property.Name, member);
        }
    }

    private static bool TryGet(PSPropertyInfo property, out object? value)
    {
        value = null;
        try
        {
            object? got = property.Value;
            value = PowerShellObject.Unwrap(got);
            return value is null or string or not System.Collections.IEnumerable;
        }
        catch (GetValueException)
        {
            // Some properties throw, such as the priority of a process that has ended; they are omitted.
            return false;
        }
    }
}
