using System.Collections;
using System.Globalization;
using System.Numerics;

namespace ConnectorDb;

/// <summary>Converts values from and to .NET and PowerShell objects.</summary>
public readonly partial struct DataValue
{
    /// <summary>Creates the object for a JSON object; an ordered dictionary by default. The module sets it to create PowerShell objects.</summary>
    public static Func<DataObject, object> ObjectShape { get; set; } = value => value.ToDictionary();

    /// <summary>Converts an object of an unknown type, or returns null. The module sets it to unwrap PowerShell objects.</summary>
    public static Func<object, DataValue?> ForeignValue { get; set; } = _ => null;

    /// <summary>null, bool, long, double (decimal or BigInteger where a double would lose), string, object[] or an object of <see cref="ObjectShape"/>.</summary>
    public object? ToNatural() => _reference switch
    {
        null => null,
        string text => text,
        NumberText number => number.ToNumber(),
        DataValue[] items => Array.ConvertAll(items, item => item.ToNatural()),
        DataObject value => ObjectShape(value),
        _ => Kind switch
        {
            DataKind.Boolean => _bits != 0,
            DataKind.Integer => _bits,
            _ => BitConverter.Int64BitsToDouble(_bits),
        },
    };

    /// <summary>
    /// The value of a .NET object: numbers, texts, booleans, times (as ISO 8601 text), enumerations (by name), dictionaries and lists
    /// of those. False for anything else.
    /// </summary>
    public static bool TryFromNatural(object? value, out DataValue result)
    {
        switch (value)
        {
            case null or DBNull:
                result = Null;
                return true;
            case DataValue data:
                result = data;
                return true;
            case double number:
                result = From(number);
                return true;
            case string text:
                result = From(text);
                return true;
            case bool boolean:
                result = From(boolean);
                return true;
            case int or long or short or sbyte or byte or ushort or uint when value is not Enum:
                result = From(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            case float single:
                result = From(double.Parse(single.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
                return true;
            case ulong or decimal or BigInteger:
                result = Parse(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                return true;
            case Enum or char or Guid or Uri or Version:
                result = From(value.ToString());
                return true;
            case DateTime time:
                result = From(time.ToString("O", CultureInfo.InvariantCulture));
                return true;
            case DateTimeOffset time:
                result = From(time.ToString("O", CultureInfo.InvariantCulture));
                return true;
            case TimeSpan span:
                result = From(span.TotalSeconds);
                return true;
            default:
                return TryFromContainer(value, out result);
        }
    }

    private static bool TryFromContainer(object value, out DataValue result)
    {
        result = Null;
        if (value is IDictionary dictionary)
        {
            List<KeyValuePair<string, DataValue>> members = new(dictionary.Count);
            foreach (DictionaryEntry entry in dictionary)
            {
                if (!TryFromNatural(entry.Value, out DataValue member))
                {
                    return false;
                }

                members.Add(new(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, member));
            }

            result = From(new DataObject(members.ToArray()));
            return true;
        }

        if (value is IEnumerable list)
        {
            List<DataValue> items = [];
            foreach (object? element in list)
            {
                if (!TryFromNatural(element, out DataValue item))
                {
                    return false;
                }

                items.Add(item);
            }

            result = From(items.ToArray());
            return true;
        }

        DataValue? foreign = ForeignValue(value);
        result = foreign.GetValueOrDefault();
        return foreign is not null;
    }
}
