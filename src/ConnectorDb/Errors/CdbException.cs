namespace ConnectorDb;

/// <summary>The base of all errors of ConnectorDb. The message contains the problem and the next step.</summary>
public abstract class CdbException : Exception
{
    protected CdbException(string message, object? target, Exception? cause = null)
        : base(message, cause) => Target = target;

    /// <summary>The subject of the error as the caller gave it: a path, a name, a file or a script.</summary>
    public object? Target { get; }
}
