namespace ConnectorDb;

/// <summary>There is no such user, device, stream or item, or the reader may not see it.</summary>
public sealed class NotFoundException(string message, object? target) : CdbException(message, target);
