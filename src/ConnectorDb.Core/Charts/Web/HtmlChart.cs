using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConnectorDb.Core.Charts.Drawing;

namespace ConnectorDb.Core.Charts.Web;

/// <summary>Writes a chart as a page of HTML that needs no other file and no host: data, scripts and styles are in it.</summary>
/// <remarks>The content security policy of the page has the hashes of its two scripts and its style, so that nothing else runs, whatever names contain.</remarks>
public sealed partial class HtmlChart : IChartFormat
{
    private const int BytesPerLine = 57 * 1024;

    public int ColumnsPerPixel => 4;

    public void Write(Stream destination, Chart chart, PictureOptions options)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(options);
        string script = Script();
        string style = Styles(options) + WebResource.Read("chart.css");
        using StreamWriter page = new(destination, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        string title = Text(chart.Heading.Length > 0 ? chart.Heading : string.Join(", ", chart.Series.Select(series => series.Label)));
        page.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '{WebResource.EChartsHash}' '{HashOf(script)}'; style-src '{HashOf(style)}'; img-src data:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="ConnectorDb">
            <title>{title}</title>
            <style>{style}</style>
            </head>
            <body>
            <main>
            <h1>{title}</h1>
            <ul>{string.Concat(chart.Series.Select((series, i) => LegendOf(chart, series, i)))}</ul>

            """);
        if (chart.TimesOf(ticks: 1) is { } times)
        {
            WriteChart(page, chart, times, title, script);
        }
        else
        {
            page.Write($"<p>{Chart.Nothing}</p>\n<p>{Text(chart.Range)}</p>\n</main>\n");
        }

        page.Write("</body>\n</html>\n");
    }

    /// <summary>The chart, its controls, and the scripts that draw it.</summary>
    private static void WriteChart(StreamWriter page, Chart chart, TimeAxis times, string title, string script)
    {
        page.Write($"""
            <output id="read" aria-live="polite"></output>
            <div id="chart" tabindex="0" role="img" aria-label="{title}" aria-keyshortcuts="ArrowLeft ArrowRight + - 0"><div></div><div id="cursor" hidden></div></div>
            <nav aria-label="Range"><button value="ArrowLeft" aria-label="Earlier">←</button><button value="ArrowRight" aria-label="Later">→</button><button value="+" aria-label="Zoom in">+</button><button value="-" aria-label="Zoom out">−</button><button value="0">All</button> <span id="range">{Text(chart.Range)}</span></nav>
            <details id="details"><summary>Table</summary><div class="scroll" tabindex="0" role="region" aria-label="Table"><table id="table"></table></div></details>
            <noscript><p>{Text(chart.Description).Replace("\n", "<br>", StringComparison.Ordinal)}</p></noscript>
            </main>
            <script type="application/json" id="data">
            """);
        page.Write(ChartScriptData.Of(chart, times));
        page.Write("</script>\n<script type=\"text/plain\" id=\"library\">");
        WriteLibrary(page);
        page.Write($"</script>\n<script type=\"module\">{script}</script>\n");
    }

    /// <summary>The script of the page with the modules that it imports, because a module in a page has no address to import others by.</summary>
    private static string Script()
        => string.Concat(WebResource.Modules.Append("chart.js").Select(name => Import().Replace(WebResource.Read(name), "")));

    [GeneratedRegex("^import .*\n", RegexOptions.Multiline)]
    private static partial Regex Import();

    /// <summary>The colors of the theme, or of the viewer's, and the size.</summary>
    private static string Styles(PictureOptions options) => options.Theme switch
    {
        ChartTheme.Light => Variables(ChartColors.Light, "light"),
        ChartTheme.Dark => Variables(ChartColors.Dark, "dark"),
        _ => $"{Variables(ChartColors.Light, "light dark")}@media (prefers-color-scheme: dark) {{ {Variables(ChartColors.Dark, "light dark")} }}",
    } + string.Create(CultureInfo.InvariantCulture, $":root {{ --width: {options.Width}px; --height: {options.Height}px; }}\n");

    private static string Variables(ChartColors colors, string scheme)
        => $":root {{ color-scheme: {scheme}; --back: {colors.Background}; --text: {colors.Text}; --muted: {colors.Muted}; --axis: {colors.Axis}; --grid: {colors.Grid}; "
            + string.Concat(colors.Series.Select((color, i) => string.Create(CultureInfo.InvariantCulture, $"--s{i}: {color}; "))) + "}\n";

    private static string LegendOf(Chart chart, ChartSeries series, int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"<li><svg width=\"22\" height=\"4\" aria-hidden=\"true\"><line x2=\"22\" y1=\"2\" y2=\"2\" stroke-width=\"2\" stroke=\"var(--s{number % ChartColors.Light.Series.Count})\" stroke-dasharray=\"{string.Join(' ', ChartColors.DashesOf(number))}\"/></svg>{Text(Legend.NameOf(chart, series))}</li>");

    /// <summary>Base64 in lines, because a line of half a million characters is slow to open in an editor.</summary>
    private static void WriteLibrary(StreamWriter page)
    {
        using Stream library = WebResource.OpenCompressedECharts();
        byte[] part = new byte[BytesPerLine];
        for (int read; (read = library.ReadAtLeast(part, part.Length, throwOnEndOfStream: false)) > 0;)
        {
            page.WriteLine(Convert.ToBase64String(part, 0, read));
        }
    }

    private static string Text(string text) => WebUtility.HtmlEncode(SvgCanvas.Printable(text));

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
