namespace ConnectorDb.Core.Storage.Tree;

/// <summary>A stored session of a browser. Times are in unix seconds.</summary>
public sealed record SessionRecord
{
    /// <summary>The id from the store; 0 for a new session.</summary>
    public long Id { get; init; }

    public long DeviceId { get; init; }

    public double Created { get; init; }

    /// <summary>The time of the latest request, to the minute.</summary>
    public double Used { get; init; }

    public double Expires { get; init; }

    /// <summary>The IP address of the login.</summary>
    public string Address { get; init; } = "";

    /// <summary>The browser, in the words of its header User-Agent.</summary>
    public string Agent { get; init; } = "";
}
