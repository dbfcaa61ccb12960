namespace ConnectorDb.PowerShell.Values;

/// <summary>Finds the time and the value of a datapoint among the members of an object.</summary>
/// <remarks>
/// Other processes return datapoints as custom objects: jobs, remoting, Import-Clixml and ConvertFrom-Json. They may have more members, such as
/// those that remoting adds.
/// </remarks>
internal sealed class DatapointMembers
{
    private KeyValuePair<string, object?>? _t;
    private KeyValuePair<string, object?>? _time;
    private KeyValuePair<string, object?>? _d;
    private KeyValuePair<string, object?>? _data;
    private KeyValuePair<string, object?>? _value;
    private int _remote;
    private bool _hasStream;
    private bool _hasOthers;

    /// <summary>The member <c>Stream</c> names the stream of the datapoint, so that the object is no value as a whole.</summary>
    public bool NamesStream { get; set; }

    /// <summary>The time; null when the object has none.</summary>
    public KeyValuePair<string, object?>? Time => _t ?? _time;

    /// <summary>The value; null when the datapoint has none.</summary>
    public object? Data => (_d ?? _data ?? _value)?.Value;

    public string? Origin { get; private set; }

    /// <summary>Remoting has added members about the other process.</summary>
    public bool HaveRemote => _remote > 0;

    /// <summary>True for an object with a time and data, which can have any other members.</summary>
    private bool HaveTimeAndData => Time is not null && (_d ?? _data) is not null;

    public static bool IsAddedByRemoting(string name) => RoleOf(name) == Role.Remote;

    /// <summary>Reads the members; the result of the previous call is replaced.</summary>
    public void Read(List<KeyValuePair<string, object?>> members)
    {
        (_t, _time, _d, _data, _value, _remote, _hasStream, _hasOthers, Origin) = (null, null, null, null, null, 0, false, false, null);
        foreach (KeyValuePair<string, object?> member in members)
        {
            switch (RoleOf(member.Key))
            {
                case Role.T:
                    _t = member;
                    break;
                case Role.Time:
                    _time ??= member;
                    break;
                case Role.D:
                    _d = member;
                    break;
                case Role.Data:
                    _data = member;
                    break;
                case Role.Value:
                    _value = member;
                    break;
                case Role.Origin:
                    Origin ??= PowerShellObject.Unwrap(member.Value) as string;
                    break;
                case Role.Remote:
                    _remote++;
                    break;
                case Role.Stream:
                    _hasStream = true;
                    break;
                default:
                    _hasOthers = true;
                    break;
            }
        }
    }

    /// <summary>
    /// True for a datapoint: a time and data, with any other members; a time and <c>Value</c>, <c>t</c> alone, or a stream and a value, if
    /// all members are those of datapoints.
    /// </summary>
    public bool AreDatapoint => HaveTimeAndData || (!_hasOthers && (_t is not null || (_time is not null && _value is not null) || HaveStreamAndValue));

    /// <summary>True when the object has a time, or a stream and a value, but was not recognized as a datapoint because of its other members.</summary>
    public bool AreDoubtful => (_time is not null && (_hasOthers || _value is not null)) || HaveStreamAndValue;

    private bool HaveStreamAndValue => NamesStream && _hasStream && (_d ?? _data ?? _value) is not null;

    /// <summary>True for a member that remoting adds to each object.</summary>
    public static bool IsRemote(string name) => RoleOf(name) == Role.Remote;

    // The length first: most members of most objects are no members of datapoints.
    private static Role RoleOf(string name) => name.Length switch
    {
        1 => (name[0] | ' ') switch { 't' => Role.T, 'd' => Role.D, 'o' => Role.Origin, _ => Role.Other },
        4 => Is(name, "Time", Role.Time) ?? Is(name, "Data", Role.Data) ?? Role.Other,
        5 => Is(name, "Value", Role.Value) ?? Role.Other,
        6 => Is(name, "Origin", Role.Origin) ?? Is(name, "Stream", Role.Stream) ?? Role.Other,
        9 => Is(name, "Timestamp", Role.Time) ?? Role.Other,
        10 => Is(name, "RunspaceId", Role.Remote) ?? Role.Other,
        14 => Is(name, "PSComputerName", Role.Remote) ?? Role.Other,
        18 => Is(name, "PSShowComputerName", Role.Remote) ?? Role.Other,
        21 => Is(name, "PSSourceJobInstanceId", Role.Remote) ?? Role.Other,
        _ => Role.Other,
    };

    private static Role? Is(string name, string known, Role role) => name.Equals(known, StringComparison.OrdinalIgnoreCase) ? role : null;

    private enum Role
    {
        Other,
        T,
        Time,
        D,
        Data,
        Value,
        Origin,
        Stream,
        Remote,
    }
}
