using System.Text;
using System.Text.Json;
using ConnectorDb.Core.Charts.Drawing;

namespace ConnectorDb.Core.Charts.Web;

/// <summary>The chart as JSON for its script. No character of it ends a script element of HTML.</summary>
internal static class ChartScriptData
{
    public static string Of(Chart chart, TimeAxis times)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteString("zone", TimeZones.NameOf(chart.Zone));
            json.WriteNumber("from", times.From);
            json.WriteNumber("to", times.To);
            WriteIfGiven(json, "minimum", chart.Minimum);
            WriteIfGiven(json, "maximum", chart.Maximum);
            json.WriteNumber("bandOpacity", ChartColors.BandOpacity);
            json.WriteStartArray("series");
            foreach ((int number, ChartSeries series) in chart.Series.Index())
            {
                json.WriteStartObject();
                json.WriteString("name", SvgCanvas.Printable(series.Name));
                json.WriteString("unit", SvgCanvas.Printable(series.Unit));
                json.WriteBoolean("right", chart.Right.Contains(series));
                json.WriteNumber("color", number % ChartColors.Light.Series.Count);
                WriteAll(json, "dashes", ChartColors.DashesOf(number), json.WriteNumberValue);
                if (Chart.HasRows(series))
                {
                    WriteStates(json, series);
                }
                else
                {
                    WritePoints(json, series);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static void WriteStates(Utf8JsonWriter json, ChartSeries series)
    {
        WriteAll(json, "states", series.States.Select(SvgCanvas.Printable), json.WriteStringValue);
        WriteAll(json, "bars", series.Bars, bar =>
        {
            json.WriteStartArray();
            json.WriteNumberValue(bar.State);
            json.WriteNumberValue(Rounded(bar.FromT));
            json.WriteNumberValue(Rounded(bar.ToT));
            json.WriteEndArray();
        });
    }

    /// <summary>Arrays of equal length. All but the times and means are left out where all points are single numbers.</summary>
    private static void WritePoints(Utf8JsonWriter json, ChartSeries series)
    {
        WriteAll(json, "t", series.Points.Select(point => Rounded(point.Middle)), json.WriteNumberValue);
        WriteAll(json, "mean", series.Points.Select(point => point.Mean), json.WriteNumberValue);
        if (series.Points.Any(point => point.Count > 1))
        {
            WriteAll(json, "min", series.Points.Select(point => point.Minimum), json.WriteNumberValue);
            WriteAll(json, "max", series.Points.Select(point => point.Maximum), json.WriteNumberValue);
            WriteAll(json, "span", series.Points.Select(point => Rounded(point.LastT - point.FirstT)), json.WriteNumberValue);
            WriteAll(json, "width", series.Points.Select((point, i) => Rounded(series.EndOf(i) - point.FirstT)), json.WriteNumberValue);
            WriteAll(json, "count", series.Points.Select(point => point.Count), json.WriteNumberValue);
        }

        WriteAll(json, "breaks", Enumerable.Range(1, Math.Max(0, series.Points.Count - 1)).Where(i => series.IsGap(series.Points[i - 1], series.Points[i])), json.WriteNumberValue);
    }

    private static void WriteAll<T>(Utf8JsonWriter json, string name, IEnumerable<T> values, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T value in values)
        {
            write(value);
        }

        json.WriteEndArray();
    }

    private static void WriteIfGiven(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } given)
        {
            json.WriteNumber(name, given);
        }
    }

    /// <summary>To the microsecond, which is the resolution of times.</summary>
    private static double Rounded(double time) => Math.Round(time, 6);
}
