using System.Globalization;
using System.Text;

namespace ConnectorDb.Core.Charts.Terminal;

/// <summary>Draws a chart as lines of text.</summary>
public sealed record TerminalChart
{
    private const string Reset = "\e[0m";

    /// <summary>Lines between two labels of the axis of values.</summary>
    private const int LinesPerTick = 3;

    private const int MinStackedHeight = 5;

    /// <summary>One part of so many of a line may be the label of a state.</summary>
    private const int PartOfLabels = 4;

    /// <summary>Characters for a label of the axis of time and the space behind it.</summary>
    private const int CharactersPerTick = 14;

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

    /// <summary>The number of columns to ask for, so that each dot has one.</summary>
    public int Columns => FieldWidth(labelWidth: 8) * DotCanvas.DotsOf(Form).Across;

    /// <summary>The lines: one of text for each series, the field of numbers, a row for each state, and the axis of time.</summary>
    public IReadOnlyList<string> Draw(IReadOnlyList<ChartSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        List<string> lines = [.. series.SelectMany((one, i) => Captions(one).Select(text => Colored(Text.Fit(text, Width), i)))];
        if (Chart.TimeEndsOf(series, From, To) is not var (from, to))
        {
            return lines;
        }

        ChartPoint[] points = [.. series.SelectMany(one => one.Points)];
        ValueAxis? values = points.Length == 0 ? null
            : ValueAxis.Around(Minimum ?? points.Min(point => point.Minimum), Maximum ?? points.Max(point => point.Maximum), Math.Max(2, Height / LinesPerTick));
        string[] labels = [.. values?.Ticks.Select(tick => tick.Label) ?? [], .. series.Where(Chart.HasRows).SelectMany(one => one.States).Select(StateLabel)];
        int labelWidth = labels.Max(Cells);
        int width = FieldWidth(labelWidth);
        TimeAxis times = TimeAxis.Between(from, to, Zone, Math.Max(1, width / CharactersPerTick));
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

    /// <summary>A chart for each series, one above the other over the same time: lines without colors cannot be told apart.</summary>
    public IReadOnlyList<string> DrawStacked(IReadOnlyList<ChartSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        TerminalChart one = Chart.TimeEndsOf(series, From, To) is not var (from, to) ? this : this with { From = from, To = to, Height = Math.Max(Height / series.Count, MinStackedHeight) };
        return [.. series.SelectMany(shown => one.Draw([shown]))];
    }

    private string StateLabel(string state) => Text.Fit(state, Width / PartOfLabels);

    private IEnumerable<string> Field(IReadOnlyList<ChartSeries> series, ValueAxis values, TimeAxis times, int labelWidth)
    {
        DotCanvas canvas = new(Form, FieldWidth(labelWidth), Height);
        for (int i = 0; i < series.Count; i++)
        {
            Draw(canvas, series[i], i, values, times);
        }

        Dictionary<int, string> labels = [];
        foreach (ChartTick tick in values.Ticks)
        {
            labels[(int)Math.Round((1 - values.PlaceOf(tick.Value)) * (Height - 1))] = tick.Label;
        }

        return Enumerable.Range(0, Height).Select(line => Line(labels.GetValueOrDefault(line, ""), labelWidth, canvas, line));
    }

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

    private static string TimeLabels(TimeAxis times, int width)
    {
        StringBuilder line = new();
        foreach (ChartTick tick in times.Ticks)
        {
            int column = (int)Math.Round(times.PlaceOf(tick.Value) * (width - 1));
            if (column >= line.Length + (line.Length > 0 ? 1 : 0) && column + tick.Label.Length <= width)
            {
                line.Append(' ', column - line.Length).Append(tick.Label);
            }
        }

        return line.ToString();
    }

    private static IEnumerable<string> Captions(ChartSeries series)
    {
        yield return Caption(series);
        if (series.HasTooManyStates)
        {
            yield return Invariant($"  At most {Chart.MaxRows} different texts are drawn, and no objects. Give a transform that makes");
            yield return "  numbers, booleans or fewer texts, such as: $[\"name\"] or $ == \"open\"";
        }
    }

    private static string Caption(ChartSeries series)
    {
        string others = series.Others > 0 ? Invariant($", {series.Others} not {(series.Others == 1 ? "a number" : "numbers")}") : "";
        if (series.States.Count > 0)
        {
            return $"{series.Name}  {CountText.Of(series.Count, "datapoint")}  {CountText.Of(series.States.Count, "state")}  last {series.LastState}";
        }

        if (series.Points.Count == 0)
        {
            return series.Others > 0 ? $"{series.Name}  {CountText.Of(series.Others, "datapoint")}, none is a number" : $"{series.Name}  no datapoints in this range";
        }

        return Invariant($"{series.Name}  {CountText.Of(series.Count, "datapoint")}{others}  min {series.Minimum:G6}  mean {series.Mean:G6}  max {series.Maximum:G6}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private string Colored(string text, int series) => Colors.Count == 0 ? text : $"{Colors[series % Colors.Count]}{text}{Reset}";
}
