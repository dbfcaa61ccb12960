using System.Management.Automation;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Values;

/// <summary>
/// Reads the time, value and origin of an object from the pipeline: a datapoint, an object with the members <c>t</c> and
/// <c>d</c>, selected properties of an object, or the value itself.
/// </summary>
internal sealed class PipelineDatapointReader
{
    private static readonly HashSet<string> s_datapointMembers =
        new(["t", "d", "o", "timestamp", "data", "value", "origin", "stream"], StringComparer.OrdinalIgnoreCase);

    private static readonly TimestampParser s_parser = new();

    private readonly CustomProperties _properties = new();

    /// <summary>The properties of the value: one is the value itself, several make an object, none selects the whole object.</summary>
    public IReadOnlyList<string> ValueProperties { get; init; } = [];

    /// <summary>The property that contains the time.</summary>
    public string? TimestampProperty { get; init; }

    /// <summary>Reads an object as a whole; null for <see cref="PowerShellValue.Read(object)"/>.</summary>
    public Func<object?, DataValue>? Whole { get; init; }

    /// <returns>The time in unix seconds, or NaN when the object has none; the value; and the origin of a datapoint.</returns>
    /// <exception cref="InvalidValueException">A property is missing, is not a time, or has no JSON form.</exception>
    public (double T, DataValue Value, string? Origin) Read(object? given)
    {
        object? bare = PowerShellObject.Unwrap(given);
        if (bare is Datapoint point && ValueProperties.Count == 0)
        {
            return (TimestampProperty is null ? point.T : ReadTime(given), point.Value, point.Origin);
        }

        bool isWhole = TimestampProperty is null && ValueProperties.Count == 0;
        if (isWhole && Whole is null && bare is PSCustomObject)
        {
            return Read(given!, _properties.Of((PSObject)given!));
        }

        if (isWhole && IsTimeAndData(given, bare))
        {
            return (ReadTime(given, "t"), PowerShellValue.Read(Members.Get(given, "d")), Members.TryGet(given, "o", out object? origin) ? origin as string : null);
        }

        Datapoint? whole = bare as Datapoint;
        double t = TimestampProperty is not null ? ReadTime(given) : whole?.T ?? double.NaN;
        return (t, ReadValue(given), whole?.Origin);
    }

    /// <summary>Reads a custom object by its properties.</summary>
    private static (double T, DataValue Value, string? Origin) Read(object given, List<KeyValuePair<string, object?>> properties)
    {
        if (properties.Count > s_datapointMembers.Count || !properties.TrueForAll(property => s_datapointMembers.Contains(property.Key)))
        {
            return (double.NaN, PowerShellValue.ReadObject(properties), null);
        }

        bool hasTime = TryFind(properties, "t", out _);
        return hasTime && TryFind(properties, "d", out object? data)
            ? (ReadTime(given, "t"), PowerShellValue.Read(data), TryFind(properties, "o", out object? origin) ? origin as string : null)
            : (double.NaN, PowerShellValue.ReadObject(properties), null);
    }

    private static bool TryFind(List<KeyValuePair<string, object?>> properties, string name, out object? value)
    {
        int index = properties.FindIndex(property => name.Equals(property.Key, StringComparison.OrdinalIgnoreCase));
        value = index < 0 ? null : properties[index].Value;
        return index >= 0;
    }

    private static bool IsTimeAndData(object? given, object? bare)
        => bare is PSCustomObject or System.Collections.IDictionary
           && Members.TryGet(given, "t", out _)
           && Members.TryGet(given, "d", out _)
           && Members.Names(given).All(s_datapointMembers.Contains);

    private static double ReadTime(object? given, string property)
    {
        object? time = Members.Get(given, property);
        return TimeText.TryRead(time, s_parser, out double t, out string? reason)
            ? t
            : throw new InvalidValueException($"The property '{property}' is not a time. {reason}", given);
    }

    private double ReadTime(object? given) => ReadTime(given, TimestampProperty!);

    private DataValue ReadValue(object? given)
    {
        switch (ValueProperties.Count)
        {
            case 0:
                return Whole is null ? PowerShellValue.Read(given) : Whole(given);
            case 1:
                return PowerShellValue.Read(Members.Get(given, ValueProperties[0]));
            default:
                KeyValuePair<string, DataValue>[] members = new KeyValuePair<string, DataValue>[ValueProperties.Count];
                for (int i = 0; i < members.Length; i++)
                {
                    members[i] = new(ValueProperties[i], PowerShellValue.Read(Members.Get(given, ValueProperties[i])));
                }

                return DataValue.From(new DataObject(members));
        }
    }
}
