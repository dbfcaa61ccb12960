namespace ConnectorDb.Shell;

/// <summary>The shell was called in a way it cannot serve; the message says how to call it instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
