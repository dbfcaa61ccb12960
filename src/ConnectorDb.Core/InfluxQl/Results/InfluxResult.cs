namespace ConnectorDb.Core.InfluxQl.Results;

/// <summary>The result of a statement.</summary>
/// <param name="Series">The series that have rows.</param>
/// <param name="Error">The reason when the statement failed.</param>
public sealed record InfluxResult(IReadOnlyList<InfluxSeriesResult> Series, string? Error = null)
{
    /// <summary>A warning to the client; null without one.</summary>
    public string? Warning { get; init; }

    public static InfluxResult Nothing { get; } = new([]);
}
