namespace ConnectorDb;

/// <summary>A configuration file says something that it cannot say. The message has all that is wrong, a line each.</summary>
public sealed class InvalidConfigurationException(string path, IReadOnlyList<string> faults)
    : CdbException($"The configuration file '{path}' cannot be used:{string.Concat(faults.Select(fault => "\n  " + fault))}", path)
{
    /// <summary>Each begins with its line: <c>line 4: …</c>.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
