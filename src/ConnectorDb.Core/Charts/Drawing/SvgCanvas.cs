using System.Globalization;
using System.Text;
using System.Xml;

namespace ConnectorDb.Core.Charts.Drawing;

/// <summary>Writes the parts of a chart as elements of SVG.</summary>
internal sealed class SvgCanvas(XmlWriter xml) : IChartCanvas
{
    private const string Namespace = "http://www.w3.org/2000/svg";
    private const string ClipName = "plot";
    private const char Replacement = '\ufffd';

    /// <summary>The text with a replacement for each character that XML cannot contain.</summary>
    public static string Printable(string text)
    {
        StringBuilder result = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                result.Append(text[i]);
            }
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                result.Append(text, i++, 2);
            }
            else
            {
                result.Append(Replacement);
            }
        }

        return result.ToString();
    }

    public double WidthOf(string text, TextStyle style) => TextWidth.Of(text) * (style == TextStyle.Title ? 16 : 12);

    public void Text(double x, double y, string text, TextStyle style, TextAnchor anchor)
    {
        Start("text", style == TextStyle.Title ? "title" : style == TextStyle.Plain ? "plain" : "muted", ("x", Number(x)), ("y", Number(y)));
        if (anchor != TextAnchor.Start)
        {
            xml.WriteAttributeString("text-anchor", anchor == TextAnchor.Middle ? "middle" : "end");
        }

        xml.WriteString(Printable(text));
        xml.WriteEndElement();
    }

    public void Rule(double x1, double y1, double x2, double y2, bool isAxis)
    {
        Start("line", isAxis ? "axis" : "grid", ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)));
        xml.WriteEndElement();
    }

    public void Band(int series, IReadOnlyList<(double Left, double Top, double Right, double Bottom)> columns) => Path("band", series, columns.Select(Rectangle));

    public void Lines(int series, IReadOnlyList<IReadOnlyList<(double X, double Y)>> lines)
    {
        Path("line", series, lines.Where(line => line.Count > 1).Select(line => "M" + string.Join('L', line.Select(point => $"{Number(point.X)} {Number(point.Y)}"))));

        // A line without length is seen as its round ends.
        Path("dot", series, lines.Where(line => line.Count == 1).Select(line => $"M{Number(line[0].X)} {Number(line[0].Y)}h0"));
    }

    public void Bars(int series, IReadOnlyList<(double Left, double Top, double Right, double Bottom)> bars)
        => Path("bar", series, bars.Select(Rectangle));

    public void BeginClip(double left, double top, double right, double bottom)
    {
        xml.WriteStartElement("clipPath", Namespace);
        xml.WriteAttributeString("id", ClipName);
        Start("rect", null, ("x", Number(left)), ("y", Number(top)), ("width", Number(right - left)), ("height", Number(bottom - top)));
        xml.WriteEndElement();
        xml.WriteEndElement();
        Start("g", null, ("clip-path", $"url(#{ClipName})"));
    }

    public void EndClip() => xml.WriteEndElement();

    private static string Rectangle((double Left, double Top, double Right, double Bottom) bar)
        => $"M{Number(bar.Left)} {Number(bar.Top)}H{Number(bar.Right)}V{Number(bar.Bottom)}H{Number(bar.Left)}Z";

    private void Path(string style, int series, IEnumerable<string> parts)
    {
        string path = string.Concat(parts);
        if (path.Length == 0)
        {
            return;
        }

        Start("path", $"{style} s{ColorOf(series)}", ("d", path));
        if (ChartColors.DashesOf(series) is { Count: > 0 } dashes && style == "line")
        {
            xml.WriteAttributeString("stroke-dasharray", string.Join(' ', dashes.Select(dash => Number(dash))));
        }

        xml.WriteEndElement();
    }

    private void Start(string name, string? style, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name, Namespace);
        if (style is not null)
        {
            xml.WriteAttributeString("class", style);
        }

        foreach ((string attribute, string value) in attributes)
        {
            xml.WriteAttributeString(attribute, value);
        }
    }

    private static string ColorOf(int series) => (series % ChartColors.Light.Series.Count).ToString(CultureInfo.InvariantCulture);

    /// <summary>A tenth of a pixel is exact enough, and digits of every culture but these are no numbers.</summary>
    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
