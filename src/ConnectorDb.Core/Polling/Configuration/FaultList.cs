namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>All that is wrong with a configuration, by line.</summary>
internal sealed class FaultList
{
    private readonly List<(int Line, string Fault)> _faults = [];

    public int Count => _faults.Count;

    public void Say(PlacedJson place, string fault) => _faults.Add((place.Line, fault));

    /// <exception cref="InvalidConfigurationException">Something is wrong.</exception>
    public void ThrowIfAny(string path)
    {
        if (_faults.Count > 0)
        {
            throw new InvalidConfigurationException(path, [.. _faults.OrderBy(each => each.Line).Select(each => $"line {each.Line}: {each.Fault}")]);
        }
    }
}
