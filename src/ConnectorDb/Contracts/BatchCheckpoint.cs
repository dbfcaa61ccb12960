namespace ConnectorDb.Contracts;

/// <summary>The state of a destination before a batch is sent, as text that only its sink reads.</summary>
/// <param name="Text">Null when there is an error.</param>
/// <param name="Fault">The reason why the batch cannot be sent now.</param>
public sealed record BatchCheckpoint(string? Text, Exception? Fault);
