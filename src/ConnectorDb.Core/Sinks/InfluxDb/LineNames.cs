using System.Buffers;
using System.Text;

namespace ConnectorDb.Core.Sinks.InfluxDb;

/// <summary>
/// Escapes names and tags, and finds those that line protocol cannot express: InfluxDB would ignore the line, or read another name.
/// </summary>
/// <param name="hasReservedNames">Refuse the names that InfluxDB reserves since version 2.</param>
internal sealed class LineNames(bool hasReservedNames)
{
    private const string Time = "time";
    private const string SpecialInMeasurement = ", ";
    private const string Special = ",= ";
    private static readonly SearchValues<string> s_escapedSpecials = SearchValues.Create(["\\,", "\\=", "\\ ", "\\\n", "\\\r"], StringComparison.Ordinal);

    public static string? FaultOfMeasurement(string name) => name switch
    {
        "" => "Its measurement has no name.",
        ['#', ..] => $"The measurement '{name}' begins with #: InfluxDB would ignore the point as a comment. Choose another name.",
        ['\t' or '\0', ..] => $"The measurement '{name}' begins with a character that InfluxDB would leave out. Choose another name.",
        _ => FaultOfEnd("measurement", name) ?? FaultOfBackslash("measurement", name),
    };

    public string? FaultOfField(string name) => name switch
    {
        "" => "It has a field without a name.",
        Time => "It has a field named 'time', which InfluxDB would ignore. Choose another name.",
        _ => FaultOfReserved("field", name) ?? FaultOfEnd("field", name) ?? FaultOfBackslash("field", name),
    };

    public string? FaultOfTag(string name, string value) => name switch
    {
        "" => "It has a tag without a name.",
        Time => "It has a tag named 'time', which InfluxDB does not allow. Choose another name.",
        _ => FaultOfReserved("tag", name) ?? FaultOfEnd("tag", name) ?? FaultOfEnd($"value of the tag '{name}',", value),
    };

    public static void AppendMeasurement(StringBuilder line, string name) => Append(line, name, SpecialInMeasurement);

    /// <summary>Appends the name of a tag or field, or the value of a tag.</summary>
    public static void AppendName(StringBuilder line, string name) => Append(line, name, Special);

    private string? FaultOfReserved(string what, string name)
        => hasReservedNames && (name is "_field" or "_measurement") ? $"It has a {what} named '{name}', which InfluxDB reserves: it would discard the point. Choose another name." : null;

    private static string? FaultOfEnd(string what, string name)
        => name.EndsWith('\\') ? $"The {what} '{name}' ends with a backslash, which would escape the next character of the line. Leave it out." : null;

    private static string? FaultOfBackslash(string what, string name)
        => name.AsSpan().ContainsAny(s_escapedSpecials) ? $"The {what} '{name}' has a backslash before a comma, blank or equals sign, which line protocol cannot express. Leave it out." : null;

    private static void Append(StringBuilder line, string text, string special)
    {
        foreach (char c in text)
        {
            if (c is '\n' or '\r')
            {
                // Line protocol has no escape for a line break.
                line.Append("\\ ");
                continue;
            }

            if (special.Contains(c, StringComparison.Ordinal))
            {
                line.Append('\\');
            }

            line.Append(c);
        }
    }
}
