namespace ConnectorDb.Logging;

/// <summary>An entry that is not sent yet.</summary>
/// <param name="Written">The time of the write.</param>
/// <param name="Destinations">The names of the destinations that it waits for; none when the first destination for it that is added gets it.</param>
public sealed record WaitingEntry(string Channel, Datapoint Point, DateTimeOffset Written, string[] Destinations);
