namespace ConnectorDb;

/// <summary>A name or path violates the rules of <see cref="CdbName"/>.</summary>
public sealed class InvalidNameException : CdbException
{
    public InvalidNameException(string name, string kind, string fault)
        : this($"'{name}' is not a valid {kind}{(kind == "path" ? "" : " name")}: {fault}.", name)
    {
    }

    public InvalidNameException(string message, object? target)
        : base(message, target)
    {
    }
}
