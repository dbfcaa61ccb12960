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

    /// <summary>The property <c>Stream</c> names the stream, so that it is no part of a value.</summary>
    public bool NamesStream { get => _members.NamesStream; init => _members.NamesStream = value; }

    /// <summary>Reads the times.</summary>
    public TimestampParser Times { get; init; } = new();

    /// <summary>Receives a warning about objects that may be datapoints but are read as values.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Reads an object on its own: a local time that occurs twice is refused.</summary>
    /// <exception cref="InvalidValueException">A property is missing, is not a time, or has no JSON form.</exception>
    public PipelinePoint ReadOne(object? given)
    {
        PipelinePoint point = Read(given);
        return point.Time is null ? point
            : TimeText.TryRead(point.Time, Times, out double t, out string? reason) ? point with { T = t, Time = null }
            : throw point.Refused(reason!, given);
    }

    /// <summary>Reads an object whose time may depend on those before and after it.</summary>
    /// <inheritdoc cref="ReadOne"/>
    public PipelinePoint Read(object? given)
    {
        object? bare = PowerShellObject.Unwrap(given);
        if (bare is Datapoint { T: double.NaN } && TimestampProperty is null)
        {
            throw new InvalidValueException("NaN is not a time. Give unix seconds, or the value alone to use the current time.", given);
        }

        if (bare is Datapoint point && ValueProperties.Count == 0)
        {
            return TimestampProperty is null
                ? new PipelinePoint(point.T, point.Value, point.Origin)
                : ReadTime(given, TimestampProperty, Members.Get(given, TimestampProperty), new PipelinePoint(0, point.Value, point.Origin));
        }

        if (TimestampProperty is null && ValueProperties.Count == 0)
        {
            return bare switch
            {
                PSCustomObject => Read((PSObject)given!),
                IDictionary dictionary => Read(given!, dictionary),
                _ => new PipelinePoint(double.NaN, ReadValue(given), null),
            };
        }

        Datapoint? whole = bare as Datapoint;
        PipelinePoint read = new(whole?.T ?? double.NaN, ReadValue(given), whole?.Origin);
        if (TimestampProperty is not null)
        {
            return ReadTime(given, TimestampProperty, Members.Get(given, TimestampProperty), read);
        }

        // A datapoint from elsewhere keeps its time, also when its value is named.
        if (whole is null && MembersOf(given, bare) is { } members)
        {
            _members.Read(members);
            if (_members.AreDatapoint)
            {
                return ReadOwnTime(given!, read);
            }

            WarnOfDoubt(members);
        }

        return read;
    }

    private List<KeyValuePair<string, object?>>? MembersOf(object? given, object? bare) => bare switch
    {
        PSCustomObject => _properties.Of((PSObject)given!),
        IDictionary dictionary => PowerShellValue.Entries(dictionary),
        _ => null,
    };

    private PipelinePoint Read(PSObject custom)
    {
        List<KeyValuePair<string, object?>> properties = _properties.Of(custom);
        _members.Read(properties);
        if (_members.AreDatapoint)
        {
            return ReadDatapoint(custom);
        }

        WarnOfDoubt(properties);
        if (Whole is not null)
        {
            return new PipelinePoint(double.NaN, Whole(custom, Omitted), null);
        }

        return new PipelinePoint(double.NaN, PowerShellValue.ReadObject(_members.HaveRemote ? WithoutRemote(properties) : properties, Omitted), null);
    }

    private PipelinePoint Read(object given, IDictionary dictionary)
    {
        List<KeyValuePair<string, object?>> entries = PowerShellValue.Entries(dictionary);
        _members.Read(entries);
        if (_members.AreDatapoint)
        {
            return ReadDatapoint(given);
        }

        WarnOfDoubt(entries);
        return new PipelinePoint(double.NaN, ReadValue(given), null);
    }

    private PipelinePoint ReadDatapoint(object given) => ReadOwnTime(given, new PipelinePoint(0, PowerShellValue.Read(_members.Data, Omitted), _members.Origin));

    private PipelinePoint ReadOwnTime(object given, PipelinePoint read)
    {
        if (_members.Time is not (string name, var time))
        {
            return read with { T = double.NaN };
        }

        // In the property t, every number is in unix seconds, unless it is a date or of a given format.
        return IsT(name) && TimeText.TryReadSeconds(time, Times, out double seconds) ? read with { T = seconds } : ReadTime(given, name, time, read);
    }

    private static bool IsT(string name) => name.Equals("t", StringComparison.OrdinalIgnoreCase);

    private static List<KeyValuePair<string, object?>> WithoutRemote(List<KeyValuePair<string, object?>> properties)
        => properties.FindAll(property => !DatapointMembers.IsRemote(property.Key));

    private void WarnOfDoubt(List<KeyValuePair<string, object?>> members)
    {
        if (_members.AreDoubtful && !_hasWarned)
        {
            _hasWarned = true;
            Warn?.Invoke($"Objects with the properties {string.Join(", ", members.Select(member => member.Key))} are taken as values of the current time. If they are datapoints, name their properties with {(_members.Time is not null ? "-TimestampProperty and " : "")}-ValueProperty.");
        }
    }

    private PipelinePoint ReadTime(object? given, string property, object? time, PipelinePoint read)
    {
        PipelinePoint timed = read with { T = double.NaN, Property = property };
        return PowerShellObject.Unwrap(time) switch
        {
            string text => timed with { Time = text },
            DateTime date => timed with { Time = date },
            _ => TimeText.TryRead(time, Times, out double t, out string? reason) ? timed with { T = t } : throw timed.Refused(reason!, given),
        };
    }

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
