namespace ConnectorDb;

/// <summary>An idempotency key was used for another append before. Nothing was stored.</summary>
public sealed class KeyReusedException(string message, object? target) : CdbException(message, target);
