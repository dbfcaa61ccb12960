namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>The reason why a value cannot be processed.</summary>
/// <param name="Reason">A sentence without its full stop.</param>
/// <param name="Original">The message of ConnectorDB 0.3 for the same error; null when it has none.</param>
internal sealed record Problem(string Reason, string? Original = null)
{
    public static implicit operator Problem(string reason) => new(reason);

    public static Problem NotNumber(DataValue value) => new($"{ValueText.Short(value)} is not a number", $"Could not convert '{GoText.Of(value)}' to Float");

    public static Problem NotBoolean(DataValue value) => new($"{ValueText.Short(value)} is neither true nor false", $"Could not convert '{GoText.Of(value)}' to Bool");

    public static Problem NotText(DataValue value) => new($"{ValueText.Short(value)} is no text and cannot become one", $"Could not convert '{GoText.Of(value)}' to String");

    /// <param name="original">ConnectorDB 0.3 has a message for each transform of objects.</param>
    public static Problem NotObject(DataValue value, string original) => new($"{ValueText.Short(value)} is not an object", original);

    /// <summary>A member or element is missing.</summary>
    public static Problem NotFound(string reason, DataValue key, DataValue value) => new(reason, $"Could not find '{GoText.Of(key)}' in '{GoText.Of(value)}'");
}
