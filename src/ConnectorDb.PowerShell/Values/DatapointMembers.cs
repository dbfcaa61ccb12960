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
    private int _remote;
    private bool _hasOthers;

    /// <summary>The time; the default when the object has none.</summary>
    public KeyValuePair<string, object?> Time => (_t ?? _time).GetValueOrDefault();

    /// <summary>The value; null when the datapoint has none.</summary>
    public object? Data => (_d ?? _data)?.Value;

    public string? Origin { get; private set; }

    /// <summary>Remoting has added members about the other process.</summary>
    public bool HaveRemote => _remote > 0;

    /// <summary>True for an object with a time and a value by any of the names.</summary>
    public bool HaveTimeAndData => (_t ?? _time) is not null && (_d ?? _data) is not null;

    /// <summary>Reads the members; the result of the previous call is replaced.</summary>
    public void Read(List<KeyValuePair<string, object?>> members)
    {
        (_t, _time, _d, _data, _remote, _hasOthers, Origin) = (null, null, null, null, 0, false, null);
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
                case Role.Origin:
                    Origin ??= PowerShellObject.Unwrap(member.Value) as string;
                    break;
                case Role.Remote:
                    _remote++;
                    break;
                case Role.Stream:
                    break;
                default:
                    _hasOthers = true;
                    break;
            }
        }
    }

    /// <summary>
    /// True for a datapoint: <c>t</c> and <c>d</c>, with any other members; the time and the data by other names, or <c>t</c> alone, if all
    /// members are those of datapoints.
    /// </summary>
    public bool AreDatapoint => (_t is not null && _d is not null) || (!_hasOthers && (_t is not null || HaveTimeAndData));

    /// <summary>True when the object has a time and data, but was not recognized as a datapoint because of its other members.</summary>
    public bool AreDoubtful => HaveTimeAndData && _time is not null;

    /// <summary>True for a member that remoting adds to each object.</summary>
    public static bool IsRemote(string name) => RoleOf(name) == Role.Remote;

    // The length first: most members of most objects are no members of datapoints.
    private static Role RoleOf(string name) => name.Length switch
    {
        1 => (name[0] | ' ') switch { 't' => Role.T, 'd' => Role.D, 'o' => Role.Origin, _ => Role.Other },
        4 => Is(name, "Time", Role.Time) ?? Is(name, "Data", Role.Data) ?? Role.Other,
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
        Origin,
        Stream,
        Remote,
    }
}
