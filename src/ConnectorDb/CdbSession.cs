namespace ConnectorDb;

/// <summary>A session of a browser at a server: a login that a cookie continues.</summary>
public sealed class CdbSession
{
    /// <summary>The number of the session in its database.</summary>
    public long Id { get; init; }

    /// <summary>The path of the device that is logged in.</summary>
    public required string Device { get; init; }

    public DateTimeOffset Created { get; init; }

    /// <summary>The time of the latest request, to the minute.</summary>
    public DateTimeOffset LastUsed { get; init; }

    /// <summary>The session ends then, even if it is used.</summary>
    public DateTimeOffset Expires { get; init; }

    /// <summary>The IP address of the login.</summary>
    public string Address { get; init; } = "";

    /// <summary>The browser, as it names itself (User-Agent).</summary>
    public string Agent { get; init; } = "";

    /// <summary>True for the session that asks.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>The error about a session that does not exist or is not visible.</summary>
    public static NotFoundException NotFound(long id)
        => new($"There is no session {id}, or this login may not see it. Get-CdbSession lists the visible ones.", id);

    public override string ToString() => $"{Id} of {Device}";
}
