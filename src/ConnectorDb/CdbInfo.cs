namespace ConnectorDb;

/// <summary>Version, identity, counts and functions of a database.</summary>
public sealed record CdbInfo
{
    public required string Version { get; init; }

    /// <summary>The file, or the address, of the database.</summary>
    public required string Location { get; init; }

    /// <summary>The device logged in as.</summary>
    public required string Identity { get; init; }

    /// <summary>Number of users, devices and streams; null when the login may not count them.</summary>
    public long? Users { get; init; }

    public long? Devices { get; init; }

    public long? Streams { get; init; }

    public TransformInfo[] Transforms { get; init; } = [];

    public InterpolatorInfo[] Interpolators { get; init; } = [];
}

/// <summary>The documentation of a transform.</summary>
public sealed record TransformInfo
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>In markdown.</summary>
    public string Documentation { get; init; } = "";

    public ArgumentInfo[] Arguments { get; init; } = [];

    /// <summary>Example scripts with their descriptions.</summary>
    public string[] Examples { get; init; } = [];

    /// <summary>One datapoint out for each that goes in.</summary>
    public bool OneToOne { get; init; }

    /// <summary>Nothing is remembered from datapoint to datapoint.</summary>
    public bool Stateless { get; init; }

    /// <summary>Looks at datapoints that come later.</summary>
    public bool Peek { get; init; }

    /// <summary>The JSON Schema of the input, as JSON text; empty for any value.</summary>
    public string InputSchema { get; init; } = "";

    /// <summary>The JSON Schema of the output, as JSON text; empty for any value.</summary>
    public string OutputSchema { get; init; } = "";

    public override string ToString() => Name;
}

/// <summary>One argument of a transform.</summary>
public sealed record ArgumentInfo
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public bool Optional { get; init; }

    /// <summary>The default, as a script.</summary>
    public string? Default { get; init; }

    /// <summary>Must be known before the first datapoint.</summary>
    public bool Constant { get; init; }

    /// <summary>A body: the transform itself feeds it datapoints.</summary>
    public bool Body { get; init; }

    public override string ToString() => Name;
}

/// <summary>The documentation of an interpolator.</summary>
public sealed record InterpolatorInfo
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>In markdown.</summary>
    public string Documentation { get; init; } = "";

    public string[] Examples { get; init; } = [];

    public override string ToString() => Name;
}
