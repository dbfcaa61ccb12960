using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Converts PowerShell objects to JSON values; custom objects become objects of their properties.</summary>
internal static class PowerShellValue
{
    /// <exception cref="InvalidValueException">The value has no JSON form.</exception>
    public static DataValue Read(object? value) => Read(value, 0);

    private static DataValue Read(object? value, int depth)
    {
        object? bare = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
        if (depth > DataValue.MaxDepth)
        {
            throw new InvalidValueException($"The value is nested deeper than {DataValue.MaxDepth} levels, or contains itself.", null);
        }

        return bare switch
        {
            double number => Finite(number),
            float number when !float.IsFinite(number) => Finite(number),
            string text => DataValue.From(text),
            PSObject custom => ReadObject(Properties(custom), depth),
            DataObject or DataValue[] => Model(bare),
            IDictionary dictionary => ReadDictionary(dictionary, depth),
            IEnumerable list => ReadList(list, depth),
            _ => Model(bare),
        };
    }

    private static DataValue Finite(double number)
        => double.IsFinite(number)
            ? DataValue.From(number)
            : throw new InvalidValueException($"{number.ToString(CultureInfo.InvariantCulture)} has no JSON form; JSON numbers are finite.", number);

    private static DataValue Model(object? value) => value switch
    {
        DataObject members => DataValue.From(members),
        DataValue[] items => DataValue.From(items),
        _ when DataValue.TryFromNatural(value, out DataValue result) => result,
        _ => throw new InvalidValueException(
            $"A {value!.GetType().Name} has no JSON form. Give a number, text, boolean, array, dictionary or custom object, or select properties.", value),
    };

    /// <summary>The properties of a custom object with their values.</summary>
    public static List<KeyValuePair<string, object?>> Properties(PSObject custom)
    {
        List<KeyValuePair<string, object?>> properties = [];
        foreach (PSPropertyInfo property in custom.Properties)
        {
            properties.Add(new(property.Name, property.Value));
        }

        return properties;
    }

    /// <summary>The object that the properties make.</summary>
    /// <inheritdoc cref="Read(object?)"/>
    public static DataValue ReadObject(List<KeyValuePair<string, object?>> properties) => ReadObject(properties, 0);

    private static DataValue ReadObject(List<KeyValuePair<string, object?>> properties, int depth)
    {
        KeyValuePair<string, DataValue>[] members = new KeyValuePair<string, DataValue>[properties.Count];
        for (int i = 0; i < members.Length; i++)
        {
            members[i] = new(properties[i].Key, Read(properties[i].Value, depth + 1));
        }

        return DataValue.From(new DataObject(members));
    }

    private static DataValue ReadDictionary(IDictionary dictionary, int depth)
    {
        List<KeyValuePair<string, DataValue>> members = new(dictionary.Count);
        foreach (DictionaryEntry entry in dictionary)
        {
            members.Add(new(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, Read(entry.Value, depth + 1)));
        }

        return DataValue.From(new DataObject(members.ToArray()));
    }

    private static DataValue ReadList(IEnumerable list, int depth)
    {
        List<DataValue> items = [];
        foreach (object? element in list)
        {
            items.Add(Read(element, depth + 1));
        }

        return DataValue.From(items.ToArray());
    }
}
