namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>Collects the errors of a configuration with their lines.</summary>
internal sealed class ConfigErrors
{
    private readonly List<(int Line, string Error)> _errors = [];

    public int Count => _errors.Count;

    public void Add(PositionedJson json, string error) => _errors.Add((json.Line, error));

    /// <exception cref="InvalidConfigurationException">There are errors.</exception>
    public void ThrowIfAny(string path)
    {
        if (_errors.Count > 0)
        {
            throw new InvalidConfigurationException(path, [.. _errors.OrderBy(each => each.Line).Select(each => $"line {each.Line}: {each.Error}")]);
        }
    }
}
