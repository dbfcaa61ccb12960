using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Converts PowerShell objects to JSON values; custom objects become objects of their properties.</summary>
internal static class PowerShellValue
{
    /// <summary>A whole number beyond 64 bits that came from a job, another computer or a file of Export-Clixml.</summary>
    private const string BigNumber = "Deserialized.System.Numerics.BigInteger";

    /// <param name="value">The object.</param>
    /// <param name="omitted">Receives members that are NaN or infinite, which are left out, and elements, which become null; null to refuse them.</param>
    /// <exception cref="InvalidValueException">The value has no JSON form.</exception>
    public static DataValue Read(object? value, OmittedMembers? omitted = null)
        => TryRead(value, omitted, out DataValue result, out double notFinite) ? result : throw (result.IsNumberText ? TooLarge(result) : NotFinite(notFinite));

    /// <inheritdoc cref="Read"/>
    /// <returns>False for a number that is not finite, and for an object or a list of nothing else.</returns>
    public static bool TryRead(object? value, OmittedMembers? omitted, out DataValue result, out double notFinite)
        => TryRead("", value, omitted, out result, out notFinite);

    /// <inheritdoc cref="Read"/>
    /// <param name="name">The name of the value in its object, for warnings.</param>
    /// <returns>False for a number that is not finite, and for an object or a list of nothing else.</returns>
    public static bool TryRead(string name, object? value, OmittedMembers? omitted, out DataValue result, out double notFinite)
    {
        List<OmittedMember>? found = omitted?.Collect();
        if (!TryRead(value, 0, found, out result, out notFinite))
        {
            return false;
        }

        Within(found, 0, name);
        omitted?.Add(found!);
        return true;
    }

    private static bool TryRead(object? value, int depth, List<OmittedMember>? omitted, out DataValue result, out double notFinite)
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
            case PSObject number when number.TypeNames.Contains(BigNumber) && DataValue.TryParseNumber(AsciiDigits.Of(number.ToString()), out result):
                return true;
            case PSObject custom:
                return TryReadMembers(Properties(custom), depth, omitted, out result, out notFinite);
            case IDictionary dictionary:
                return TryReadMembers(Entries(dictionary), depth, omitted, out result, out notFinite);
            case IEnumerable list:
                return TryReadList(list, depth, omitted, out result, out notFinite);
            default:
                result = Model(bare);
                notFinite = result.IsNumberText && !double.IsFinite(result.AsDouble()) ? result.AsDouble() : 0;
                return notFinite == 0;
        }
    }

    private static InvalidValueException NotFinite(double number)
        => new($"{number.ToString(CultureInfo.InvariantCulture)} has no JSON form; JSON numbers are finite.", number);

    private static InvalidValueException TooLarge(DataValue number)
    {
        const int Shown = 20;
        string text = number.ToJson();
        string start = text.Length > Shown ? $"{text[..Shown]}…, a number of {text.Length} characters," : text;
        return new($"{start} is beyond the largest number that can be stored, 1.797e308. Give it in another unit, or as text.", text);
    }

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
    {
        List<OmittedMember>? found = omitted?.Collect();
        if (!TryReadMembers(properties, 0, found, out DataValue result, out double notFinite))
        {
            throw NotFinite(notFinite);
        }

        omitted?.Add(found!);
        return result;
    }

    private static bool TryReadMembers(List<KeyValuePair<string, object?>> given, int depth, List<OmittedMember>? omitted, out DataValue result, out double notFinite)
    {
        notFinite = 0;
        KeyValuePair<string, DataValue>[] members = new KeyValuePair<string, DataValue>[given.Count];
        int count = 0;
        foreach ((string name, object? value) in given)
        {
            int before = omitted?.Count ?? 0;
            if (TryRead(value, depth + 1, omitted, out DataValue member, out double number))
            {
                members[count++] = new(name, member);
                Within(omitted, before, name);
                continue;
            }

            notFinite = number;
            if (omitted is null)
            {
                result = default;
                return false;
            }

            omitted.Add(new OmittedMember(name, number));
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

    private static bool TryReadList(IEnumerable list, int depth, List<OmittedMember>? omitted, out DataValue result, out double notFinite)
    {
        notFinite = 0;
        bool hasValue = false;
        List<DataValue> items = [];
        foreach (object? element in list)
        {
            int before = omitted?.Count ?? 0;
            if (TryRead(element, depth + 1, omitted, out DataValue item, out double number))
            {
                hasValue = true;
                if (omitted?.Count > before)
                {
                    Within(omitted, before, ElementName(items.Count));
                }
            }
            else
            {
                notFinite = number;
                if (omitted is null)
                {
                    result = default;
                    return false;
                }

                item = DataValue.Null;
                omitted.Add(new OmittedMember(ElementName(items.Count), number));
            }

            items.Add(item);
        }

        result = DataValue.From(items.ToArray());
        return hasValue || items.Count == 0 || depth > 0;
    }

    private static string ElementName(int index) => $"[{index.ToString(CultureInfo.InvariantCulture)}]";

    /// <summary>Completes the names of the members found since then with the name of their owner.</summary>
    private static void Within(List<OmittedMember>? omitted, int since, string owner)
    {
        for (int i = since; owner.Length > 0 && i < omitted?.Count; i++)
        {
            string name = omitted[i].Name;
            omitted[i] = omitted[i] with { Name = name.StartsWith('[') ? owner + name : $"{owner}.{name}" };
        }
    }
}
