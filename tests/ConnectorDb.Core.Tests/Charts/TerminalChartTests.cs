using System.Globalization;
using System.Text.RegularExpressions;
using ConnectorDb.Core.Charts;
using ConnectorDb.Core.Charts.Terminal;

namespace ConnectorDb.Core.Tests.Charts;

public sealed class TerminalChartTests
{
    private static readonly TerminalChart s_chart = new() { Width = 40, Height = 5 };

    [Fact]
    public void A_line_goes_from_datapoint_to_datapoint()
    {
        const string Drawn = """
            ramp  5 datapoints  min 0  mean 2  max 4
            4 +                                *****
              |                       *********
            2 +              *********
              |     *********
            0 +*****
               1 Jan    00:01    00:02    00:03
            """;
        Assert.Equal(Drawn.ReplaceLineEndings("\n"), string.Join('\n', (s_chart with { Form = ChartForm.Ascii }).Draw([Line("ramp", (0, 0), (60, 1), (120, 2), (180, 3), (240, 4))])));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    public void A_low_field_has_labels_at_both_ends(int height)
    {
        IReadOnlyList<string> lines = (s_chart with { Form = ChartForm.Ascii, Height = height }).Draw([Line("s", (0, -5), (60, 29))]);
        Assert.StartsWith(" 30 +", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("-10 +", lines[height], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(13.8, 25)]
    [InlineData(-5, 29)]
    [InlineData(-2, 6.1)]
    [InlineData(0, 12.3)]
    [InlineData(0.001, 0.0024)]
    [InlineData(980, 1031)]
    public void Labels_are_equal_steps_apart_at_any_height(double least, double most)
    {
        for (int height = 4; height <= 30; height++)
        {
            IReadOnlyList<string> lines = (s_chart with { Form = ChartForm.Ascii, Height = height }).Draw([Line("s", (0, least), (60, most))]);
            double[] labels = [.. lines.Where(line => line.Contains('+', StringComparison.Ordinal)).Select(line => double.Parse(line[..line.IndexOf('+', StringComparison.Ordinal)], CultureInfo.InvariantCulture))];
            Assert.InRange(labels.Length, 2, height);
            Assert.All(labels.Zip(labels.Skip(1)), pair => Assert.Equal(labels[0] - labels[1], pair.First - pair.Second, 1e-9));
        }
    }

    [Fact]
    public void A_long_pause_is_a_gap_and_a_short_peak_is_seen()
    {
        (double, double)[] points = [.. Enumerable.Range(0, 2000).Where(i => i is < 800 or > 1200).Select(i => ((double)i, i == 500 ? 9.0 : 1.0))];
        IReadOnlyList<string> lines = (s_chart with { Form = ChartForm.Ascii, Minimum = 0 }).Draw([Line("s", points)]);
        Assert.Contains("*", lines.First(line => line.Contains('|', StringComparison.Ordinal) || line.Contains('+', StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Matches(@"\*{10,} {5,}\*{10,}", lines.Last(line => line.Contains('*', StringComparison.Ordinal)));
    }

    [Fact]
    public void Lines_are_never_wider_than_the_window_in_any_form()
    {
        foreach (ChartForm form in Enum.GetValues<ChartForm>())
        {
            IReadOnlyList<string> lines = (s_chart with { Form = form }).Draw([Line(new string('n', 100), (0, -123456.789), (1e9, 1e-3)), States("log", [.. Enumerable.Range(0, 9).Select(i => ((double)i, "text " + i))])]);
            Assert.All(lines, line => Assert.InRange(line.Length, 0, 40));

            // Nothing is lost: what is too long for a line goes on in the next one.
            string words = string.Concat(lines).Replace(" ", "", StringComparison.Ordinal);
            Assert.Contains(new string('n', 100) + "2datapointsmin-123457mean-61728.4max0.001", words, StringComparison.Ordinal);
            Assert.Contains("fewertexts,suchas:$[\"name\"]or$==\"open\"", words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Series_have_colors_or_fields_of_their_own_over_one_time()
    {
        ChartSeries[] series = [Line("a", (0, 1), (600, 2)), Line("b", (1200, 5), (1800, 6))];
        Assert.Contains("\e[36m", string.Concat((s_chart with { Colors = ["\e[36m", "\e[33m"] }).Draw(series)), StringComparison.Ordinal);
        IReadOnlyList<string> stacked = s_chart.DrawStacked(series);
        Assert.Equal(14, stacked.Count);
        Assert.Equal(stacked[6], stacked[13]);
    }

    [Fact]
    public void Series_of_very_different_values_have_fields_of_their_own_also_with_colors()
    {
        TerminalChart colored = s_chart with { Colors = ["\e[36m", "\e[33m"] };
        ChartSeries heat = Line("heat", (0, 12), (600, 24)), pressure = Line("pressure", (0, 1010), (600, 1014)), inside = Line("inside", (0, 18), (600, 21)), target = Line("target", (0, 20), (600, 20));
        Assert.False(colored.HasOneField([heat, pressure]));
        Assert.True(colored.HasOneField([heat, inside, target]));
        Assert.True((colored with { Maximum = 2000 }).HasOneField([heat, pressure]));
        Assert.False(s_chart.HasOneField([heat, inside]));
        IReadOnlyList<string> stacked = colored.DrawStacked([heat, pressure]);
        Assert.Equal(["\e[36mheat  2 datapoints", "\e[33mpressure  2 datapoints"], stacked.Where(line => line.Contains("datapoints", StringComparison.Ordinal)).Select(line => line[..line.IndexOf("  min", StringComparison.Ordinal)]));

        // Times stand below each other, although labels of values differ in width.
        string[] times = [.. stacked.Where(line => line.Contains("1 Jan", StringComparison.Ordinal))];
        Assert.Equal(2, times.Length);
        Assert.Equal(times[0], times[1]);
    }

    [Fact]
    public void Emptiness_and_what_is_no_number_are_said_in_words()
    {
        Assert.Equal(["empty  no datapoints in this range"], (s_chart with { Width = 80 }).Draw([ChartSeries.Of("empty", [])]));
        ChartSeries objects = ChartSeries.Of("things", [new StreamSummary { Stream = "u/d/s", FirstT = 1, LastT = 2, Count = 7 }]);
        IReadOnlyList<string> lines = (s_chart with { Width = 100 }).Draw([objects]);
        Assert.Equal("things  7 datapoints  none is a number", lines[0]);
        Assert.Contains("At most 8", lines[1], StringComparison.Ordinal);
        Assert.Equal(["one  1 datapoint  min 5  mean 5  max 5"], s_chart.Draw([Line("one", (10, 5))]).Take(1));
    }

    [Theory]
    [InlineData(ChartForm.Ascii, '*', '+')]
    [InlineData(ChartForm.Block, '▄', '┤')]
    public void States_are_rows_with_bars_that_end_at_the_next_datapoint(ChartForm form, char bar, char tick)
    {
        string drawn = """
            door  4 datapoints  2 states  last open
            closed ┤##########          ##########
              open ┤          ##########          #
                    1 Jan     00:00:10  00:00:20
            """.Replace('#', bar).Replace('┤', tick).ReplaceLineEndings("\n");
        ChartSeries door = States("door", (0, "closed"), (10, "open"), (20, "closed"), (30, "open"));
        Assert.Equal(drawn, string.Join('\n', (s_chart with { Form = form, Width = 39 }).Draw([door])));
        Assert.Equal("closed ┤⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶          ⠰⠶⠶⠶⠶⠶⠶⠶⠶⠶⠆", (s_chart with { Form = ChartForm.Braille, Width = 39 }).Draw([door])[1]);
    }

    [Fact]
    public void Booleans_are_two_rows_and_stand_below_numbers_over_one_time()
    {
        ChartSeries lamp = Series("lamp", (0, DataValue.From(true)), (60, DataValue.From(false)));
        IReadOnlyList<string> lines = (s_chart with { Form = ChartForm.Ascii }).Draw([Line("t", (0, 1), (120, 2)), lamp]);
        Assert.Equal(["t  2 datapoints", "lamp  2 datapoints"], lines.Take(2).Select(line => string.Join(' ', line.Split(' ').Take(4))));
        Assert.StartsWith(" true +****", lines[^3], StringComparison.Ordinal);
        Assert.Matches(@"^false \+ +\*$", lines[^2]);
    }

    [Fact]
    public void More_than_eight_states_are_not_drawn()
    {
        IReadOnlyList<string> lines = (s_chart with { Width = 90 }).Draw([States("log", [.. Enumerable.Range(0, 9).Select(i => ((double)i, "text " + i))])]);
        Assert.Equal("log  9 datapoints  9 states  last text 8", lines[0]);
        Assert.Contains("At most 8 different texts", lines[1], StringComparison.Ordinal);
        Assert.Equal(3, lines.Count);
    }

    [Theory]
    [InlineData(86400, "1 Jan   ")]
    [InlineData(7 * 86400, "1 Jan")]
    [InlineData(3600, "1 Jan   ")]
    public void The_axis_of_time_has_as_many_labels_as_fit(double span, string first)
    {
        string labels = (s_chart with { Width = 80 }).Draw([Line("s", (0, 1), (span, 2))])[^1].Trim();
        Assert.StartsWith(first, labels, StringComparison.Ordinal);
        Assert.InRange(Regex.Count(labels, @"\d:\d\d|\d Jan(?! \d)"), 6, 12);
    }

    [Fact]
    public void A_line_that_begins_years_before_the_range_crosses_it()
    {
        TerminalChart second = s_chart with { Form = ChartForm.Ascii, From = 1e9, To = 1e9 + 1 };
        IReadOnlyList<string> lines = second.Draw([Line("s", (0, 0), (2e9, 2))]);
        Assert.Equal(new string('*', 37), lines[3].TrimStart(' ', '1', '.', '0', '|', '+'));
    }

    [Fact]
    public void Names_of_any_script_fit_and_cannot_control_the_terminal()
    {
        TerminalChart wide = s_chart with { Form = ChartForm.Ascii, Cells = text => text.Sum(character => character >= 0x2e80 ? 2 : 1) };
        IReadOnlyList<string> lines = wide.Draw([Line(new string('温', 30), (0, 1), (1, 2)), Line("a\e[2J\n\u202eb", (0, 1), (1, 2)), States("c", (0, "気温"), (1, "on"))]);
        Assert.Equal([new string('温', 20), "  " + new string('温', 10) + "  2 datapoints"], lines.Take(2));
        Assert.StartsWith("a?[2J??b  2 datapoints", lines[3], StringComparison.Ordinal);
        Assert.Equal(["  on +", "気温 +"], lines.TakeLast(3).Take(2).Select(line => line[..(line.IndexOf('+', StringComparison.Ordinal) + 1)]));
    }

    [Fact]
    public void A_frame_is_replaced_in_place_and_never_higher_than_the_window()
    {
        TerminalFrame frame = new();
        Assert.Equal("a\e[K\r\nb\e[K\r\n\e[J", frame.Replace(["a", "b"], 10));
        Assert.Equal("\e[2Ac\e[K\r\n\e[J", frame.Replace(["c"], 10));
        Assert.Equal("\e[1A1\e[K\r\n2\e[K\r\n\e[J", frame.Replace(["1", "2", "3"], 3));
        frame.Leave();
        Assert.Equal("d\e[K\r\n\e[J", frame.Replace(["d"], 3));
    }

    private static ChartSeries States(string name, params (double T, string State)[] points)
        => Series(name, [.. points.Select(point => (point.T, DataValue.From(point.State)))]);

    private static ChartSeries Series(string name, params (double T, DataValue Value)[] points)
    {
        ChartSeriesBuilder builder = new(name);
        foreach ((double t, DataValue value) in points)
        {
            builder.Add(t, value);
        }

        return builder.Build();
    }

    private static ChartSeries Line(string name, params (double T, double Value)[] points)
        => new(name, [.. points.Select(point => ChartPoint.At(point.T, point.Value))], 0);
}
