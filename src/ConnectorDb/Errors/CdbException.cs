namespace ConnectorDb;

/// <summary>Something that was asked of ConnectorDb and could not be done. The message says what was wrong and what to do.</summary>
public abstract class CdbException : Exception
{
    protected CdbException(string message, object? target, Exception? cause = null)
        : base(message, cause) => Target = target;

    /// <summary>What the message is about: a path, a name, a file, a script; as it was given.</summary>
    public object? Target { get; }
}
