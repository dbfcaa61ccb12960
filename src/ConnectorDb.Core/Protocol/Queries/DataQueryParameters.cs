using System.Globalization;
using System.Text;

namespace ConnectorDb.Core.Protocol.Queries;

/// <summary>Converts the range and transform of a read to and from URL parameters.</summary>
public static class DataQueryParameters
{
    /// <summary>The escaped parameters without question mark. A query of all data is <c>i1=0&amp;i2=0</c>.</summary>
    public static string Write(DataQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        WireRange range = WireRange.Of(query);
        StringBuilder text = new();
        if (range.T1 is null && range.T2 is null)
        {
            Append(text, "i1", range.I1 ?? 0);
            Append(text, "i2", range.I2 ?? 0);
        }

        Append(text, "t1", range.T1);
        Append(text, "t2", range.T2);
        Append(text, "limit", range.Limit);
        Append(text, "transform", string.IsNullOrEmpty(query.Transform) ? null : Uri.EscapeDataString(query.Transform));
        Append(text, "downlink", query.Stream.IsDownlink ? "true" : null);
        return text.ToString();
    }

    /// <summary>Reads the parameters. As in ConnectorDB 0.3, a range by index has priority over one by time; the limit applies to both.</summary>
    /// <param name="stream">The stream or its downlink.</param>
    /// <param name="parameter">Returns the value of a parameter, or null or an empty string.</param>
    /// <exception cref="InvalidRangeException">The range is missing, or a number is invalid.</exception>
    public static DataQuery Read(CdbPath stream, Func<string, string?> parameter)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(parameter);
        WireRange range = new(Integer("i1"), Integer("i2"), Number("t1"), Number("t2"), Integer("limit"));
        bool isByIndex = range.I1 is not null || range.I2 is not null;
        if (!isByIndex && range.T1 is null && range.T2 is null)
        {
            throw new InvalidRangeException("A range needs [both \"i1\" and \"i2\" int] or [\"t1\" and [\"t2\" decimal and/or \"limit\" int]]. Give i1=0 for all datapoints, i1=-10 for the newest ten, or t1 in unix seconds; the ends that are missing are those of the stream.", stream);
        }

        string? transform = parameter("transform");
        return (isByIndex ? range with { T1 = null, T2 = null } : range)
            .ApplyTo(new DataQuery(stream) { Transform = string.IsNullOrEmpty(transform) ? null : transform });

        long? Integer(string name) => parameter(name) is not { Length: > 0 } text ? null
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value
            : throw new InvalidRangeException($"Could not parse {name} parameter: '{text}' is not a whole number.", stream);

        double? Number(string name) => parameter(name) is not { Length: > 0 } text ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value
            : throw new InvalidRangeException($"Could not parse {name} parameter: '{text}' is not a number of unix seconds.", stream);
    }

    private static void Append(StringBuilder text, string name, IFormattable? value)
        => Append(text, name, value?.ToString(null, CultureInfo.InvariantCulture).Replace("+", "", StringComparison.Ordinal));

    private static void Append(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(text.Length > 0 ? "&" : "").Append(name).Append('=').Append(value);
        }
    }
}
