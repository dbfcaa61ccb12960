using System.Collections;
using System.Management.Automation;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Values;

/// <summary>
/// Reads the time, value and origin of an object from the pipeline: a datapoint, an object with the members of one, selected properties of
/// an object, or the value itself.
/// </summary>
internal sealed class PipelineDatapointReader
{
    private static readonly TimestampParser s_parser = new();
    private readonly CustomProperties _properties = new();
    private readonly DatapointMembers _members = new();
    private bool _hasWarned;

    /// <summary>The properties of the value: one is the value itself, several make an object, none selects the whole object.</summary>
    public IReadOnlyList<string> ValueProperties { get; init; } = [];

    /// <summary>The property that contains the time.</summary>
    public string? TimestampProperty { get; init; }

    /// <summary>Reads an object as a whole; null for <see cref="PowerShellValue.Read(object, OmittedMembers)"/>.</summary>
    public Func<object?, OmittedMembers?, DataValue>? Whole { get; init; }

    /// <summary>Receives the members that have no JSON form; null to refuse objects with such members.</summary>
    public OmittedMembers? Omitted { get; init; }

    /// <summary>Receives a warning about objects that may be datapoints but are read as values.</summary>
    public Action<string>? Warn { get; init; }

    /// <returns>The time in unix seconds, or NaN when the object has none; the value; and the origin of a datapoint.</returns>
    /// <exception cref="InvalidValueException">A property is missing, is not a time, or has no JSON form.</exception>
    public (double T, DataValue Value, string? Origin) Read(object? given)
    {
        object? bare = PowerShellObject.Unwrap(given);
        if (bare is Datapoint point && ValueProperties.Count == 0)
        {
            return (TimestampProperty is null ? point.T : ReadTime(given), point.Value, point.Origin);
        }

        if (TimestampProperty is null && ValueProperties.Count == 0)
        {
            return bare switch
            {
                PSCustomObject => Read((PSObject)given!),
                IDictionary dictionary => Read(given!, dictionary),
                _ => (double.NaN, ReadValue(given), null),
            };
        }

        Datapoint? whole = bare as Datapoint;
        double t = TimestampProperty is not null ? ReadTime(given) : whole?.T ?? double.NaN;
        return (t, ReadValue(given), whole?.Origin);
    }

    private (double T, DataValue Value, string? Origin) Read(PSObject custom)
    {
        List<KeyValuePair<string, object?>> properties = _properties.Of(custom);
        _members.Read(properties);
        if (_members.AreDatapoint || (_members.HaveTimeAndData && IsOfDatapoint(custom)))
        {
            return ReadDatapoint(custom);
        }

        WarnOfDoubt(properties);
        if (Whole is not null)
        {
            return (double.NaN, Whole(custom, Omitted), null);
        }

        return (double.NaN, PowerShellValue.ReadObject(_members.HaveRemote ? WithoutRemote(properties) : properties, Omitted), null);
    }

    private (double T, DataValue Value, string? Origin) Read(object given, IDictionary dictionary)
    {
        List<KeyValuePair<string, object?>> entries = PowerShellValue.Entries(dictionary);
        _members.Read(entries);
        if (_members.AreDatapoint)
        {
            return ReadDatapoint(given);
        }

        WarnOfDoubt(entries);
        return (double.NaN, ReadValue(given), null);
    }

    private (double T, DataValue Value, string? Origin) ReadDatapoint(object given)
        => (ReadTime(given, _members.Time.Key, _members.Time.Value), PowerShellValue.Read(_members.Data, Omitted), _members.Origin);

    /// <summary>The object was made of a datapoint, so that its other members do not matter: Select-Object and serialization keep the name of the type as a part of the new one.</summary>
    private static bool IsOfDatapoint(PSObject custom)
    {
        foreach (string name in custom.TypeNames)
        {
            if (name.EndsWith("ConnectorDb.Datapoint", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static List<KeyValuePair<string, object?>> WithoutRemote(List<KeyValuePair<string, object?>> properties)
        => properties.FindAll(property => !DatapointMembers.IsRemote(property.Key));

    private void WarnOfDoubt(List<KeyValuePair<string, object?>> members)
    {
        if (_members.AreDoubtful && !_hasWarned)
        {
            _hasWarned = true;
            Warn?.Invoke($"Objects with the properties {string.Join(", ", members.Select(member => member.Key))} are taken as values of the current time. If they are datapoints, name their properties with -TimestampProperty and -ValueProperty.");
        }
    }

    private double ReadTime(object? given) => ReadTime(given, TimestampProperty!, Members.Get(given, TimestampProperty!));

    private static double ReadTime(object? given, string property, object? time)
        => TimeText.TryRead(time, s_parser, out double t, out string? reason)
            ? t
            : throw new InvalidValueException($"The property '{property}' is not a time. {reason}", given);

    private DataValue ReadValue(object? given)
    {
        switch (ValueProperties.Count)
        {
            case 0:
                return Whole is null ? PowerShellValue.Read(given, Omitted) : Whole(given, Omitted);
            case 1:
                return PowerShellValue.Read(Members.Get(given, ValueProperties[0]), Omitted);
            default:
                List<KeyValuePair<string, object?>> members = new(ValueProperties.Count);
                foreach (string name in ValueProperties)
                {
                    members.Add(new(name, Members.Get(given, name)));
                }

                return PowerShellValue.ReadObject(members, Omitted);
        }
    }
}
