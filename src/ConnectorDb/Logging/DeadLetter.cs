namespace ConnectorDb.Logging;

/// <summary>An item that a destination refused. It waits until somebody has it sent again, or drops it.</summary>
/// <param name="Number">By which it is named.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="Time">When it was refused.</param>
public sealed record DeadLetter(long Number, string Destination, string Channel, Datapoint Point, string Reason, DateTimeOffset Time);
