using System.Management.Automation;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Any object as a value: what has no JSON form itself is an object of its properties, as far as these have one.</summary>
internal static class WholeObject
{
    public static DataValue Read(object? given)
    {
        object? bare = given is PSObject wrapped ? wrapped.BaseObject : given;
        bool isJson = bare is null or PSCustomObject or System.Collections.IEnumerable || DataValue.TryFromNatural(bare, out _);
        return isJson ? PowerShellValue.Read(given) : DataValue.From(new DataObject(Properties(given!).ToArray()));
    }

    private static IEnumerable<KeyValuePair<string, DataValue>> Properties(object given)
    {
        foreach (PSPropertyInfo property in PSObject.AsPSObject(given).Properties)
        {
            if (TryGet(property, out object? value) && DataValue.TryFromNatural(value, out DataValue member))
            {
                yield return new(property.Name, member);
            }
        }
    }

    private static bool TryGet(PSPropertyInfo property, out object? value)
    {
        value = null;
        try
        {
            object? got = property.Value;
            value = got is PSObject wrapped ? wrapped.BaseObject : got;
            return value is null or string or not System.Collections.IEnumerable;
        }
        catch (GetValueException)
        {
            // A property that cannot be read now, such as the priority of a process that has ended, is left out.
            return false;
        }
    }
}
