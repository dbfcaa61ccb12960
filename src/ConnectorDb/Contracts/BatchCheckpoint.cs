namespace ConnectorDb.Contracts;

/// <summary>The mark of a run, as text that only its sink reads.</summary>
/// <param name="Text">Null when there is a fault.</param>
/// <param name="Fault">Why the run cannot be marked, and waits.</param>
public sealed record BatchCheckpoint(string? Text, Exception? Fault);
