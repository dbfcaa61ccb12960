using System.Globalization;

namespace ConnectorDb;

/// <summary>How many datapoints of a column have a text, a boolean or null as their value.</summary>
/// <param name="State">The text; <c>true</c>, <c>false</c> and <c>null</c> for the others.</param>
/// <param name="Count">The number of datapoints, at least 1.</param>
public readonly record struct StateCount(string State, long Count)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{State}: {Count}");
}
