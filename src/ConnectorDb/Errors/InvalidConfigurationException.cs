namespace ConnectorDb;

/// <summary>A configuration file is invalid. The message lists all errors, one per line.</summary>
public sealed class InvalidConfigurationException(string path, IReadOnlyList<string> faults)
    : CdbException($"The configuration file '{path}' cannot be used:{string.Concat(faults.Select(fault => "\n  " + fault))}", path)
{
    /// <summary>Each error begins with its line: <c>line 4: …</c>.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
