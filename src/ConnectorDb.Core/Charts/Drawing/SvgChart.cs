using System.Globalization;
using System.Text;
using System.Xml;

namespace ConnectorDb.Core.Charts.Drawing;

/// <summary>Writes a chart as SVG 1.1. Its classes have the colors of a theme, or those of the viewer's.</summary>
public sealed class SvgChart : IChartFormat
{
    private const string Namespace = "http://www.w3.org/2000/svg";
    private static readonly XmlWriterSettings s_settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), OmitXmlDeclaration = true, NewLineChars = "\n", CloseOutput = false };

    public int ColumnsPerPixel => 1;

    public void Write(Stream destination, Chart chart, PictureOptions options)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(options);
        using XmlWriter xml = XmlWriter.Create(destination, s_settings);
        xml.WriteStartElement("svg", Namespace);
        xml.WriteAttributeString("width", Invariant(options.Width));
        xml.WriteAttributeString("height", Invariant(options.Height));
        xml.WriteAttributeString("viewBox", $"0 0 {Invariant(options.Width)} {Invariant(options.Height)}");

        // In a narrower window or column it shrinks, and keeps its shape. As an attribute, because a rule would hold for other pictures of a page.
        xml.WriteAttributeString("style", "max-width:100%;height:auto");
        xml.WriteAttributeString("role", "img");
        xml.WriteAttributeString("aria-labelledby", "title description");
        Element("title", "title", chart.Heading.Length > 0 ? chart.Heading : string.Join(", ", chart.Series.Select(series => series.Label)));
        Element("desc", "description", chart.Description);
        xml.WriteElementString("style", Namespace, Styles(options.Theme));
        xml.WriteStartElement("rect", Namespace);
        xml.WriteAttributeString("class", "back");
        xml.WriteAttributeString("width", "100%");
        xml.WriteAttributeString("height", "100%");
        xml.WriteEndElement();
        ChartDrawing.Draw(new SvgCanvas(xml), chart, options.Width, options.Height);
        xml.WriteEndElement();

        void Element(string name, string id, string text)
        {
            xml.WriteStartElement(name, Namespace);
            xml.WriteAttributeString("id", id);
            xml.WriteString(SvgCanvas.Printable(text));
            xml.WriteEndElement();
        }
    }

    private static string Styles(ChartTheme theme)
    {
        const string Shapes = """
            text{font:12px system-ui,sans-serif;unicode-bidi:plaintext}.title{font-size:15px;font-weight:600}.grid,.axis{stroke-width:1;shape-rendering:crispEdges}.line,.dot{fill:none}.band{fill-opacity:BAND}.line,.dot{stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}.dot{stroke-width:5}
            """;
        return Shapes.Replace("BAND", ChartColors.BandOpacity.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) + theme switch
        {
            ChartTheme.Light => Colors(ChartColors.Light),
            ChartTheme.Dark => Colors(ChartColors.Dark),
            _ => $"{Colors(ChartColors.Light)}@media (prefers-color-scheme:dark){{{Colors(ChartColors.Dark)}}}",
        };
    }

    private static string Colors(ChartColors colors)
        => $".back{{fill:{colors.Background}}}.title,.plain{{fill:{colors.Text}}}.muted{{fill:{colors.Muted}}}.grid{{stroke:{colors.Grid}}}.axis{{stroke:{colors.Axis}}}"
            + string.Concat(colors.Series.Select((color, i) => $".s{Invariant(i)}{{stroke:{color}}}.bar.s{Invariant(i)},.band.s{Invariant(i)}{{fill:{color};stroke:none}}"));

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
