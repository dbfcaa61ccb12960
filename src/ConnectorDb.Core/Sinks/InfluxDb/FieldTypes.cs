using System.Text.RegularExpressions;
using ConnectorDb.Core.Influx;

namespace ConnectorDb.Core.Sinks.InfluxDb;

/// <summary>
/// Remembers the types of the fields of each measurement: those that were written, and those that InfluxDB has named. Before
/// a write it plans the types of new fields from all of their values.
/// </summary>
internal sealed partial class FieldTypes
{
    private readonly Dictionary<(string Measurement, string Field), FieldType> _known = [];
    private readonly Dictionary<(string Measurement, string Field), FieldType> _planned = [];

    public static FieldType? TypeOf(DataValue value, bool asFloat) => value.Kind switch
    {
        DataKind.Null => null,
        DataKind.Boolean => FieldType.Boolean,
        DataKind.Integer when !asFloat => FieldType.Integer,
        DataKind.Integer or DataKind.Number => FieldType.Float,
        _ => FieldType.String,
    };

    public FieldType? Of(string measurement, string field)
        => _known.TryGetValue((measurement, field), out FieldType type) || _planned.TryGetValue((measurement, field), out type) ? type : null;

    /// <summary>Plans the type of a field. A fraction makes a field of integers a float, as long as it was not written.</summary>
    public void Plan(string measurement, string field, FieldType type)
    {
        (string, string) key = (measurement, field);
        if (!_planned.TryGetValue(key, out FieldType planned) || (planned == FieldType.Integer && type == FieldType.Float))
        {
            _planned[key] = type;
        }
    }

    /// <summary>Begins a new write.</summary>
    public void ForgetPlan() => _planned.Clear();

    /// <summary>Remembers the planned types, after a write.</summary>
    public void KeepPlan()
    {
        foreach (((string, string) key, FieldType type) in _planned)
        {
            _known.TryAdd(key, type);
        }
    }

    /// <summary>Learns the types that InfluxDB names in an error. Returns true when it contains something new.</summary>
    public bool Learn(string message)
    {
        bool isNew = false;
        foreach (Match match in Conflict().Matches(message))
        {
            (string, string) key = (match.Groups["measurement"].Value, match.Groups["field"].Value);
            FieldType type = Enum.Parse<FieldType>(match.Groups["type"].Value, ignoreCase: true);
            isNew |= !_known.TryGetValue(key, out FieldType known) || known != type;
            _known[key] = type;
        }

        return isNew;
    }

    [GeneratedRegex("""input field "(?<field>.*?)" on measurement "(?<measurement>.*?)" is type \w+, already exists as type (?<type>float|integer|string|boolean)""")]
    private static partial Regex Conflict();
}
