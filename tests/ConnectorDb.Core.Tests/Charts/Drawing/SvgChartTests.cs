using System.Globalization;
using System.Xml.Linq;
using ConnectorDb.Core.Charts;
using ConnectorDb.Core.Charts.Drawing;

namespace ConnectorDb.Core.Tests.Charts.Drawing;

public sealed class SvgChartTests
{
    private const double Start = 1711846800;
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_peak_of_one_datapoint_in_a_million_is_drawn_from_its_minimum_to_its_maximum()
    {
        ChartPoint[] points = [.. Enumerable.Range(0, 1000).Select(i => new ChartPoint(Start + (1000 * i), Start + (1000 * i) + 999, 1000, -1, 0, i == 700 ? 50 : 1))];
        XElement picture = Draw(new Chart { Series = [new("s", points, 0)] });
        double[] tops = [.. Path(picture, "band").Split('M', StringSplitOptions.RemoveEmptyEntries).Select(stroke => Number(stroke.Split(' ', 'H')[1]))];
        Assert.Equal(1000, tops.Length);
        Assert.Equal(700, Array.IndexOf(tops, tops.Min()));
        Assert.Equal(ScaleOf(picture)(50), tops.Min(), 0.1);
    }

    [Fact]
    public void A_column_of_a_day_is_a_bar_from_its_first_datapoint_to_the_next_day()
    {
        ChartPoint[] days = [.. new[] { (18, 24), (24, 48), (48, 49) }.Select(day => new ChartPoint(Start + (3600 * day.Item1), Start + (3600 * day.Item2) - 600, 100, 1, 2, 3))];
        string[] bars = Path(Draw(new Chart { Series = [new("s", days, 0)] }), "band").Split('M', StringSplitOptions.RemoveEmptyEntries);
        (double Left, double Right)[] sides = [.. bars.Select(bar => (Number(bar.Split(' ')[0]), Number(bar.Split('H', 'V')[1])))];
        Assert.Equal(sides[0].Right, sides[1].Left);
        Assert.Equal(sides[1].Right, sides[2].Left);
        Assert.Equal(4, (sides[1].Right - sides[1].Left) / (sides[0].Right - sides[0].Left), 0.1);
    }

    [Fact]
    public void A_line_is_interrupted_at_a_gap_and_a_lonely_datapoint_is_a_dot()
    {
        XElement picture = Draw(Of("s", [.. Enumerable.Range(0, 50).Select(i => (Start + i, 1.0)), (Start + 500, 7), .. Enumerable.Range(1000, 50).Select(i => (Start + i, 2.0))]));
        string[] lines = Path(picture, "line").Split('M', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("h0", Path(picture, "dot"), StringComparison.Ordinal);

        // No part of a line goes over the gap, which is nearly half of the picture.
        Assert.All(lines, line => Assert.InRange(line.Split('L').Select(point => Number(point.Split(' ')[0])).Max() - Number(line.Split(' ')[0]), 0, 100));
    }

    [Fact]
    public void A_gap_of_years_between_datapoints_is_no_line()
        => Assert.Equal(2, Path(Draw(Of("s", (Start, 1), (Start + 60, 2), (Start + 120, 3), (Start + 3e8, 4), (Start + 3e8 + 60, 5))), "line").Count(c => c == 'M'));

    [Fact]
    public void A_gap_of_years_between_columns_of_many_datapoints_is_no_line()
    {
        ChartPoint[] hours = [new(Start, Start + 3600, 7200, 1, 2, 3), new(Start + 3e8, Start + 3e8 + 3600, 7200, 1, 2, 3)];
        XElement picture = Draw(new Chart { Series = [new("s", hours, 0)] });
        Assert.DoesNotContain(picture.Descendants(s_svg + "path"), path => path.Attribute("class")!.Value.StartsWith("line", StringComparison.Ordinal));
        Assert.Equal(2, Path(picture, "band").Count(c => c == 'M'));
    }

    [Theory]
    [InlineData("Europe/Berlin", "31 Mar 01:30|03:00|03:30|04:00", "31 Mar 2024 01:30:00 – 31 Mar 2024 04:00:00, Europe/Berlin")]
    [InlineData("Asia/Kathmandu", "31 Mar 06:30|07:00|07:30", "31 Mar 2024 06:15:00 – 31 Mar 2024 07:45:00, Asia/Kathmandu")]
    public void Times_are_those_of_the_zone_also_when_the_clock_jumps(string zone, string labels, string range)
    {
        // 00:30 to 02:00 UTC; Berlin's clocks went from 02:00 to 03:00 at 01:00.
        XElement picture = Draw(Of("s", (Start - 1800, 1), (Start + 3600, 2)) with { Zone = TimeZones.Find(zone)! }, new PictureOptions { Width = 600 });
        Assert.Equal(labels, string.Join('|', picture.Descendants(s_svg + "text").Where(text => text.Attribute("text-anchor")?.Value == "middle").Select(text => text.Value)));
        Assert.Contains(range, Texts(picture));
        Assert.StartsWith(range, picture.Element(s_svg + "desc")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_axes_have_labels_on_both_sides_and_scales_of_their_own()
    {
        ChartSeries heat = Series("heat", (Start, 0), (Start + 60, 1));
        ChartSeries rain = Series("rain", (Start, 0), (Start + 60, 1000));
        XElement picture = Draw(new Chart { Series = [heat, rain], Right = new HashSet<ChartSeries> { rain } });
        string[] ends = [.. picture.Descendants(s_svg + "path").Select(path => path.Attribute("d")!.Value.Split(' ')[^1])];
        Assert.Equal(ends[^1], ends[^2]);
        Assert.Contains("1.0", Texts(picture));
        Assert.Contains("1000", Texts(picture));
        Assert.Contains("rain (right)", Texts(picture));
    }

    [Fact]
    public void Names_and_titles_are_text_and_never_markup()
    {
        const string Attack = "</text></svg><script>alert(1)</script>\" onload='x' <!-- ]]> & \0\ud800";
        XElement picture = Draw(new Chart { Title = Attack, Series = [Series(Attack, (Start, 1), (Start + 1, 2)), Series(Attack, (Start, 1))] });
        Assert.DoesNotContain(picture.Descendants(), element => element.Name.LocalName is "script" or "foreignObject" || element.Attributes().Any(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        Assert.Contains("<script>alert(1)</script>", picture.Element(s_svg + "title")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void No_label_overlaps_another_or_leaves_the_picture()
    {
        foreach (double span in (double[])[0.001, 5, 3600, 86400, 20 * 86400, 400 * 86400.0, 9e9])
        {
            foreach (int width in (int[])[200, 390, 1000])
            {
                ChartSeries[] series = [.. Enumerable.Range(0, 12).Select(i => Series($"user/device/stream with a long name {i}", (Start, -1e-9), (Start + span, 123456789 * i)))];
                Chart chart = new() { Series = series, Right = series.Take(3).ToHashSet(), Title = new string('W', 300), Zone = TimeZones.Find("Europe/Berlin")! };
                (double Left, double Right, double Base)[] boxes = [.. Draw(chart, new PictureOptions { Width = width }).Descendants(s_svg + "text").Select(BoxOf)];
                Assert.All(boxes, box => Assert.True(box.Left >= 0 && box.Right <= width, $"{box} at {span} in {width}"));
                for (int i = 0; i < boxes.Length; i++)
                {
                    Assert.DoesNotContain(boxes.Skip(i + 1), other => Math.Abs(other.Base - boxes[i].Base) < 12 && other.Left < boxes[i].Right && boxes[i].Left < other.Right);
                }
            }
        }
    }

    [Fact]
    public void Numbers_are_the_same_in_every_culture()
    {
        Chart chart = Of("s", (Start, -1.5), (Start + 60, 2.25));
        string expected = Draw(chart).ToString();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string culture in (string[])["de-DE", "ar-SA", "fa-IR", "th-TH", "sv-SE"])
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Assert.Equal(expected, Draw(chart).ToString());
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Colors_are_those_of_the_theme_or_of_the_viewer()
    {
        Chart chart = Of("s", (Start, 1));
        Assert.Contains("prefers-color-scheme:dark", Draw(chart).Value, StringComparison.Ordinal);
        string dark = Draw(chart, new PictureOptions { Theme = ChartTheme.Dark }).Value;
        Assert.DoesNotContain("prefers-color-scheme", dark, StringComparison.Ordinal);
        Assert.Contains(ChartColors.Dark.Background, dark, StringComparison.Ordinal);
    }

    [Fact]
    public void Streams_without_numbers_one_datapoint_and_equal_times_are_drawn()
    {
        ChartSeries words = ChartSeries.Of("words", [new StreamSummary { Stream = "u/d/s", FirstT = 1, LastT = 2, Count = 7 }]);
        Assert.Contains("Nothing to draw in this range", Texts(Draw(new Chart { Series = [words] })));
        Assert.Contains("words – none is a number", Texts(Draw(new Chart { Series = [words, Series("s", (Start, 1))] })));
        Assert.Contains("words: 7 datapoints, none is a number", Draw(new Chart { Series = [words] }).Element(s_svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.EndsWith("h0", Path(Draw(Of("one", (Start, 5))), "dot"), StringComparison.Ordinal);
        Assert.NotEmpty(Path(Draw(Of("equal", (Start, 5), (Start, 7), (Start, 6))), "line"));
        Assert.NotEmpty(Path(Draw(Of("extremes", (Start, -double.MaxValue), (Start + 1, double.MaxValue))), "line"));
    }

    [Fact]
    public void States_are_rows_of_bars_below_the_numbers_of_the_same_times()
    {
        ChartSeriesBuilder door = new("door");
        door.Add(Start, DataValue.From("open"));
        door.Add(Start + 30, DataValue.From("closed"));
        door.Add(Start + 60, DataValue.From("open"));
        XElement picture = Draw(new Chart { Series = [Series("heat", (Start, 1), (Start + 60, 2)), door.Build()] });
        string[] bars = [.. picture.Descendants(s_svg + "path").Where(path => path.Attribute("class")!.Value == "bar s1").Select(path => path.Attribute("d")!.Value)];
        Assert.Equal(["closed", "open"], Texts(picture).Where(text => text is "open" or "closed"));
        Assert.Equal([1, 2], bars.Select(bar => bar.Count(c => c == 'M')));

        // Closed begins where open ends, and all is below the line of numbers.
        Assert.Equal(bars[1].Split('H', 'V')[1], bars[0].Split('M', ' ')[1]);
        string[] line = [.. Path(picture, "line").Split('M', 'L', ' ').Where(part => part.Length > 0)];
        Assert.True(Number(line[1]) < Number(bars[0].Split(' ', 'H')[1]));
        Assert.Contains("door: 3 datapoints, 2 states, last open; closed, open", picture.Element(s_svg + "desc")!.Value, StringComparison.Ordinal);
    }

    private static ChartSeries Series(string name, params (double T, double Value)[] points) => new(name, [.. points.Select(point => ChartPoint.At(point.T, point.Value))], 0);

    private static Chart Of(string name, params (double T, double Value)[] points) => new() { Series = [Series(name, points)] };

    private static XElement Draw(Chart chart, PictureOptions? options = null)
    {
        using MemoryStream file = new();
        new SvgChart().Write(file, chart, options ?? new PictureOptions());
        file.Position = 0;
        return XElement.Load(file);
    }

    private static string[] Texts(XElement picture) => [.. picture.Descendants(s_svg + "text").Select(text => text.Value)];

    private static string Path(XElement picture, string style)
        => picture.Descendants(s_svg + "path").First(path => path.Attribute("class")!.Value.Split(' ')[0] == style).Attribute("d")!.Value;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The place of a value, from two labels of the axis.</summary>
    private static Func<double, double> ScaleOf(XElement picture)
    {
        (double Value, double Y)[] labels = [.. picture.Descendants(s_svg + "text").Where(text => text.Attribute("text-anchor")?.Value == "end" && double.TryParse(text.Value, CultureInfo.InvariantCulture, out _)).Select(text => (Number(text.Value), Number(text.Attribute("y")!.Value) - 4))];
        return value => labels[0].Y + ((value - labels[0].Value) * (labels[^1].Y - labels[0].Y) / (labels[^1].Value - labels[0].Value));
    }

    /// <summary>The place of a text if a letter is half as wide as high, which is the mean of usual fonts.</summary>
    private static (double Left, double Right, double Base) BoxOf(XElement text)
    {
        double width = text.Value.Length * (text.Attribute("class")!.Value == "title" ? 7.5 : 6) * (text.Value.Contains('W', StringComparison.Ordinal) ? 1.9 : 1);
        double x = Number(text.Attribute("x")!.Value);
        double left = text.Attribute("text-anchor")?.Value switch { "middle" => x - (width / 2), "end" => x - width, _ => x };
        return (left, left + width, Number(text.Attribute("y")!.Value));
    }
}
