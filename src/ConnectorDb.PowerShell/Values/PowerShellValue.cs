using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Converts PowerShell objects to JSON values; custom objects become objects of their properties.</summary>
internal static class PowerShellValue
{
    /// <param name="value">The object.</param>
    /// <param name="omitted">Receives members that are NaN or infinite, which are left out; null to refuse them.</param>
    /// <exception cref="InvalidValueException">The value has no JSON form.</exception>
    public static DataValue Read(object? value, OmittedMembers? omitted = null)
        => TryRead(value, omitted, out DataValue result, out double notFinite) ? result : throw NotFinite(notFinite);

    /// <inheritdoc cref="Read"/>
    /// <returns>False for a number that is not finite, a list with one, or an object of nothing else.</returns>
    public static bool TryRead(object? value, OmittedMembers? omitted, out DataValue result, out double notFinite)
        => TryRead(value, 0, omitted, out result, out notFinite);

    private static bool TryRead(object? value, int depth, OmittedMembers? omitted, out DataValue result, out double notFinite)
    {
        object? bare = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
        if (depth > DataValue.MaxDepth)
        {
            throw new InvalidValueException($"The value is nested deeper than {DataValue.MaxDepth} levels, or contains itself.", null);
        }

        notFinite = 0;
        switch (bare)
        {
            case double number:
                (result, notFinite) = (DataValue.From(number), number);
                return double.IsFinite(number);
            case float number when !float.IsFinite(number):
                (result, notFinite) = (default, number);
                return false;
            case string text:
                result = DataValue.From(text);
                return true;
            case DataObject or DataValue[]:
                result = Model(bare);
                return true;
            case PSObject custom:
                return TryReadMembers(Properties(custom), depth, omitted, out result, out notFinite);
            case IDictionary dictionary:
                return TryReadMembers(Entries(dictionary), depth, omitted, out result, out notFinite);
            case IEnumerable list:
                return TryReadList(list, depth, omitted, out result, out notFinite);
            default:
                result = Model(bare);
                return true;
        }
    }

    private static InvalidValueException NotFinite(double number)
        => new($"{number.ToString(CultureInfo.InvariantCulture)} has no JSON form; JSON numbers are finite.", number);

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
    /// <inheritdoc cref="Read(object?, OmittedMembers)"/>
    public static DataValue ReadObject(List<KeyValuePair<string, object?>> properties, OmittedMembers? omitted = null)
        => TryReadMembers(properties, 0, omitted, out DataValue result, out double notFinite) ? result : throw NotFinite(notFinite);

    private static bool TryReadMembers(List<KeyValuePair<string, object?>> given, int depth, OmittedMembers? omitted, out DataValue result, out double notFinite)
    {
        notFinite = 0;
        KeyValuePair<string, DataValue>[] members = new KeyValuePair<string, DataValue>[given.Count];
        int count = 0;
        foreach ((string name, object? value) in given)
        {
            if (TryRead(value, depth + 1, omitted, out DataValue member, out double number))
            {
                members[count++] = new(name, member);
                continue;
            }

            notFinite = number;
            if (omitted is null)
            {
                result = default;
                return false;
            }

            omitted.Add(name, number);
        }

        bool isWhole = count == members.Length;
        result = DataValue.From(new DataObject(isWhole ? members : members[..count]));
        return isWhole || count > 0 || depth > 0;
    }

    /// <summary>The members of a dictionary with their values.</summary>
    public static List<KeyValuePair<string, object?>> Entries(IDictionary dictionary)
    {
        List<KeyValuePair<string, object?>> members = new(dictionary.Count);
        foreach (DictionaryEntry entry in dictionary)
        {
            members.Add(new(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, entry.Value));
        }

        return members;
    }

    private static bool TryReadList(IEnumerable list, int depth, OmittedMembers? omitted, out DataValue result, out double notFinite)
    {
        List<DataValue> items = [];
        foreach (object? element in list)
        {
            if (!TryRead(element, depth + 1, omitted, out DataValue item, out notFinite))
            {
                result = default;
                return false;
            }

            items.Add(item);
        }

        notFinite = 0;
        result = DataValue.From(items.ToArray());
        return true;
    }
}
