using System.Globalization;

namespace ConnectorDb.Logging;

/// <summary>Flattens an object or array into its scalar values. Names are the path to the value, joined by <c>_</c>, as in Initial State.</summary>
public static class ObjectFields
{
    /// <param name="prefix">The first part of the names. An empty prefix adds no underscore.</param>
    public static IEnumerable<KeyValuePair<string, DataValue>> Of(string prefix, DataValue value)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return value.Kind switch
        {
            DataKind.Object => value.AsObject().SelectMany(member => Of(Join(prefix, member.Key), member.Value)),
            DataKind.Array => value.AsArray().SelectMany((item, i) => Of(Join(prefix, i.ToString(CultureInfo.InvariantCulture)), item)),
            _ => [new(prefix, value)],
        };
    }

    private static string Join(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}_{name}";
}
