using System.Text;

namespace ConnectorDb.Core.Charts.Terminal;

/// <summary>Draws a chart as lines of text.</summary>
public sealed record TerminalChart
{
    private const string Reset = "\e[0m";

    /// <summary>Lines between two labels of the axis of values.</summary>
    private const int LinesPerTick = 3;

    /// <summary>A field of so many lines or fewer has too few ticks to leave its ends without labels.</summary>
    private const int LowHeight = 8;

    private const int MinStackedHeight = 5;

    /// <summary>A line that takes less than this part of the height is flat.</summary>
    private const int MaxFlatness = 10;

    /// <summary>One part of so many of a line may be the label of a state.</summary>
    private const int PartOfLabels = 4;

    /// <summary>Characters for the shortest label of the axis of time and the space behind it.</summary>
    private const int CharactersPerTick = 8;

    /// <summary>Characters between two labels of the axis of time.</summary>
    private const int SpaceOfTicks = 2;

    /// <summary>Characters in a line.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Lines of the field.</summary>
    public int Height { get; init; } = 15;

    public ChartForm Form { get; init; }

    /// <summary>The zone of the labels.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Unix seconds of the left end; null for the first datapoint.</summary>
    public double? From { get; init; }

    /// <summary>Unix seconds of the right end; null for the last datapoint.</summary>
    public double? To { get; init; }

    /// <summary>The value at the lower end; null for the least one.</summary>
    public double? Minimum { get; init; }

    /// <summary>The value at the upper end; null for the largest one.</summary>
    public double? Maximum { get; init; }

    /// <summary>The number of cells of the terminal that a text takes.</summary>
    public Func<string, int> Cells { get; init; } = text => text.Length;

    /// <summary>The escape sequence before the characters of each series; without any there are no colors.</summary>
    public IReadOnlyList<string> Colors { get; init; } = [];

    private TerminalText Text => new(Cells);

    /// <summary>Characters for the labels of values, so that times of stacked charts stand below each other.</summary>
    private int LeastLabelWidth { get; init; }

    /// <summary>The number of columns to ask for, so that each dot has one.</summary>
    public int Columns => FieldWidth(labelWidth: 8) * DotCanvas.DotsOf(Form).Across;

    /// <summary>The lines: one of text for each series, the field of numbers, a row for each state, and the axis of time.</summary>
    public IReadOnlyList<string> Draw(IReadOnlyList<ChartSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        List<string> lines = [.. series.SelectMany((one, i) => Captions(one).Select(text => Colored(text, i)))];
        if (Chart.TimeEndsOf(series, From, To) is not var (from, to))
        {
            return lines;
        }

        ValueAxis? values = ValuesOf(series);
        int labelWidth = Math.Max(LeastLabelWidth, LabelWidthOf(series));
        int width = FieldWidth(labelWidth);
        TimeAxis times = TimesOf(from, to, width);
        if (values is not null)
        {
            lines.AddRange(Field(series, values, times, labelWidth));
        }

        for (int i = 0; i < series.Count; i++)
        {
            lines.AddRange(Chart.HasRows(series[i]) ? Rows(series[i], i, times, labelWidth) : []);
        }

        lines.Add($"{new string(' ', labelWidth + 2)}{TimeLabels(times, width)}".TrimEnd());
        return lines;
    }

    /// <summary>True if one field can show all series: they have colors, and none of them would be flat beside the others, as a temperature is beside the pressure of the air.</summary>
    public bool HasOneField(IReadOnlyList<ChartSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        (double Low, double High)[] ranges = [.. series.Where(one => one.Points.Count > 0).Select(one => (one.Minimum, one.Maximum))];
        return series.Count < 2 || (Colors.Count > 0 && ranges.All(range => range.High == range.Low || Minimum is not null || Maximum is not null || (ranges.Max(one => one.High) / MaxFlatness) - (ranges.Min(one => one.Low) / MaxFlatness) <= range.High - range.Low));
    }

    /// <summary>A chart for each series, one above the other over the same time.</summary>
    public IReadOnlyList<string> DrawStacked(IReadOnlyList<ChartSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        TerminalChart one = Chart.TimeEndsOf(series, From, To) is not var (from, to) ? this : this with { From = from, To = to, Height = Math.Max(Height / series.Count, MinStackedHeight) };
        one = one with { LeastLabelWidth = series.Max(shown => one.LabelWidthOf([shown])) };
        return [.. series.SelectMany((shown, i) => (one with { Colors = Colors.Count == 0 ? [] : [Colors[i % Colors.Count]] }).Draw([shown]))];
    }

    /// <summary>The axis of values; null without numbers.</summary>
    private ValueAxis? ValuesOf(IReadOnlyList<ChartSeries> series)
    {
        ChartPoint[] points = [.. series.SelectMany(one => one.Points)];
        return points.Length == 0 ? null
            : ValueAxis.Around(Minimum ?? points.Min(point => point.Minimum), Maximum ?? points.Max(point => point.Maximum), Math.Max(2, Height / LinesPerTick));
    }

    private int LabelWidthOf(IReadOnlyList<ChartSeries> series)
        => ((string[])[.. ValuesOf(series) is { } values ? LabelledTicks(values).Select(tick => tick.Label) : [], .. series.Where(Chart.HasRows).SelectMany(one => one.States).Select(StateLabel)]).Select(Cells).DefaultIfEmpty().Max();

    private string StateLabel(string state) => Text.Fit(state, Width / PartOfLabels);

    private IEnumerable<string> Field(IReadOnlyList<ChartSeries> series, ValueAxis values, TimeAxis times, int labelWidth)
    {
        DotCanvas canvas = new(Form, FieldWidth(labelWidth), Height);
        for (int i = 0; i < series.Count; i++)
        {
            Draw(canvas, series[i], i, values, times);
        }

        Dictionary<int, string> labels = [];
        foreach (ChartTick tick in LabelledTicks(values))
        {
            labels[LineOf(tick, values)] = tick.Label;
        }

        return Enumerable.Range(0, Height).Select(line => Line(labels.GetValueOrDefault(line, ""), labelWidth, canvas, line));
    }

    /// <summary>The ticks with labels, which are equal steps apart. An end without a label leaves open how far the axis goes, so that half steps have labels where the ends need some; the lowest fields have the ends only.</summary>
    private IReadOnlyList<ChartTick> LabelledTicks(ValueAxis values)
    {
        int near = Height <= LowHeight ? 1 : LinesPerTick;
        return values.Ends.All(end => values.Ticks.Any(tick => Math.Abs(LineOf(tick, values) - LineOf(end, values)) < near)) ? values.Ticks
            : values.HalfTicks.Count <= Height ? values.HalfTicks
            : values.Ends;
    }

    private int LineOf(ChartTick tick, ValueAxis values) => (int)Math.Round((1 - values.PlaceOf(tick.Value)) * (Height - 1));

    private IEnumerable<string> Rows(ChartSeries series, int number, TimeAxis times, int labelWidth)
    {
        DotCanvas canvas = new(Form, FieldWidth(labelWidth), series.States.Count);
        int up = DotCanvas.DotsOf(Form).Up;
        HashSet<double> starts = [.. series.Bars.Select(bar => bar.FromT)];
        foreach (StateBar bar in series.Bars)
        {
            int from = X(bar.FromT);
            int to = starts.Contains(bar.ToT) ? Math.Max(from, X(bar.ToT) - 1) : X(bar.ToT);
            int bottom = (series.States.Count - 1 - bar.State) * up;
            for (int i = 0; i < Math.Max(1, up / 2); i++)
            {
                canvas.Line(from, bottom + (up / 4) + i, to, bottom + (up / 4) + i, number);
            }
        }

        return series.States.Select((state, line) => Line(StateLabel(state), labelWidth, canvas, line));

        int X(double time) => (int)Math.Round(Math.Clamp(times.PlaceOf(time), -1, 2) * (canvas.Width - 1));
    }

    private string Line(string label, int labelWidth, DotCanvas canvas, int line)
    {
        (char tick, char axis) = Form == ChartForm.Ascii ? ('+', '|') : ('┤', '│');
        return $"{Text.Right(label, labelWidth)} {(label.Length > 0 ? tick : axis)}{Row(canvas, line)}".TrimEnd();
    }

    private int FieldWidth(int labelWidth) => Math.Max(1, Width - labelWidth - 2);

    private static void Draw(DotCanvas canvas, ChartSeries series, int number, ValueAxis values, TimeAxis times)
    {
        ChartPoint? before = null;
        foreach (ChartPoint point in series.Points)
        {
            double x = times.PlaceOf(point.Middle);
            if (before is { } last && !series.IsGap(last, point))
            {
                canvas.Line(times.PlaceOf(last.Middle), values.PlaceOf(last.Mean), x, values.PlaceOf(point.Mean), number);
            }

            canvas.Line(x, values.PlaceOf(point.Minimum), x, values.PlaceOf(point.Maximum), number);
            before = point;
        }
    }

    private string Row(DotCanvas canvas, int line)
    {
        StringBuilder row = new();
        int color = -1;
        foreach ((char character, int series) in canvas.Cells(line))
        {
            int wanted = character == ' ' || Colors.Count == 0 ? -1 : series;
            if (wanted != color)
            {
                row.Append(color >= 0 ? Reset : "").Append(wanted >= 0 ? Colors[wanted % Colors.Count] : "");
                color = wanted;
            }

            row.Append(character);
        }

        return row.Append(color >= 0 ? Reset : "").ToString();
    }

    /// <summary>The axis with as many ticks as have room for their labels.</summary>
    private TimeAxis TimesOf(double from, double to, int width)
    {
        // How long labels are depends on the ticks: those of hours, days and years differ, and one has the date.
        for (int ticks = width / CharactersPerTick; ; ticks = ticks * 4 / 5)
        {
            TimeAxis times = TimeAxis.Between(from, to, Zone, Math.Max(1, ticks));
            (int Column, string Label)[] labels = [.. times.Ticks.Select(tick => (ColumnOf(tick, times, width), tick.Label))];
            if (ticks <= 1 || labels.Zip(labels.Skip(1)).All(pair => pair.First.Column + pair.First.Label.Length + SpaceOfTicks <= pair.Second.Column))
            {
                return times;
            }
        }
    }

    private static int ColumnOf(ChartTick tick, TimeAxis times, int width) => (int)Math.Round(times.PlaceOf(tick.Value) * (width - 1));

    private static string TimeLabels(TimeAxis times, int width)
    {
        StringBuilder line = new();
        foreach (ChartTick tick in times.Ticks)
        {
            // A label at the right end stands before its time.
            int column = Math.Min(ColumnOf(tick, times, width), width - tick.Label.Length);
            if (column >= line.Length + (line.Length > 0 ? SpaceOfTicks : 0))
            {
                line.Append(' ', column - line.Length).Append(tick.Label);
            }
        }

        return line.ToString();
    }

    private IEnumerable<string> Captions(ChartSeries series)
    {
        IEnumerable<string> caption = Text.Wrap([series.Label, .. series.Figures], "  ", Width);
        return series.Obstacle is null || series is { States: [], Others: 0 } ? caption : caption.Concat(Text.Wrap(ChartSeries.Advice.Split(' '), " ", Width - 2).Select(line => "  " + line.TrimStart()));
    }

    private string Colored(string text, int series) => Colors.Count == 0 ? text : $"{Colors[series % Colors.Count]}{text}{Reset}";
}
