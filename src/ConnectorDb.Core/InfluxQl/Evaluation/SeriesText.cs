using ConnectorDb.Core.Influx;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>The key of a series as InfluxDB writes it, with the escapes of line protocol.</summary>
internal static class SeriesText
{
    public static string Of(SeriesKey key)
        => string.Concat(key.Tags.Select(tag => $",{Escaped(tag.Key)}={Escaped(tag.Value)}").Prepend(key.Measurement.Replace(",", "\\,", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal)));

    /// <summary>A name or value of a tag.</summary>
    public static string Escaped(string text)
        => text.Replace(",", "\\,", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal);
}
