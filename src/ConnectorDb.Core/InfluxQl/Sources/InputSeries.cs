using ConnectorDb.Core.Influx;

namespace ConnectorDb.Core.InfluxQl.Sources;

/// <summary>A series that a statement reads: of streams, or of the result of a subquery.</summary>
internal abstract class InputSeries(SeriesKey key)
{
    public SeriesKey Key => key;

    /// <summary>The fields with the kinds of their values.</summary>
    public abstract IReadOnlyDictionary<string, FieldKind> Fields { get; }

    /// <summary>The value of a tag; empty when the series does not have it.</summary>
    public string TagOf(string name)
    {
        foreach ((string tag, string value) in key.Tags)
        {
            if (tag == name)
            {
                return value;
            }
        }

        return "";
    }

    /// <summary>The values of a field in a range; none when the series does not have it.</summary>
    /// <param name="most">The maximum number, from the start, or from the end if it is negative; null for all.</param>
    public abstract FieldPoints Read(string field, TimeRange range, long? most);

    /// <summary>The stream of a field whose statistics may be used; null when there is none, or several.</summary>
    public virtual CdbPath? StreamOf(string field) => null;
}
