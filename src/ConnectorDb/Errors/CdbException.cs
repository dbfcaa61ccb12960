namespace ConnectorDb;

/// <summary>The base of all errors of ConnectorDb. The message contains the problem and the next step; long inputs in message and target are cut.</summary>
public abstract class CdbException : Exception
{
    protected CdbException(string message, object? target, Exception? cause = null)
        : base(MessageText.Cut(message), cause) => Target = target is string text ? MessageText.Cut(text) : target;

    /// <summary>The subject of the error as the caller gave it: a path, a name, a file or a script.</summary>
    public object? Target { get; }
}
