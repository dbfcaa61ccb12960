using System.Globalization;

namespace ConnectorDb.Logging;

/// <summary>
/// The simple values in an object or list, each with a name made of the names on the way to it, joined by <c>_</c>: as
/// Initial State names them.
/// </summary>
public static class ObjectFields
{
    /// <param name="prefix">Where the names begin; when empty, they begin without prefix and underscore.</param>
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
