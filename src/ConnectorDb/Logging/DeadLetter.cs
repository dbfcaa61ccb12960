namespace ConnectorDb.Logging;

/// <summary>An entry that a destination rejected. It is kept until it is sent again or deleted.</summary>
/// <param name="Number">The unique number in the logger.</param>
/// <param name="Reason">The reason of the rejection.</param>
/// <param name="SetAsideAt">The time of the rejection.</param>
public sealed record DeadLetter(long Number, string Destination, string Channel, Datapoint Point, string Reason, DateTimeOffset SetAsideAt);
