using System.Management.Automation;
using ConnectorDb.Core.Charts;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Charts;

/// <summary>Draws streams, datapoints or rows of a dataset over time, in a file.</summary>
[Cmdlet(VerbsData.Export, "CdbChart", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCdbChartCommand : ChartCdbCmdlet
{
    private IChartFormat? _format;
    private ChartFile? _chartFile;
    private string _file = "";
    private bool _isComplete;

    /// <summary>The file; its extension is the format.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string Path { get; set; } = "";

    [Parameter(Position = 1)]
    [NonEmpty]
    [PathArgument(CdbPathKind.Stream)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public string[] Stream { get; set; } = [];

    /// <summary>Streams, datapoints, summaries, or rows with a time and numbers.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>The series with an axis of values on the right: streams, or names of columns.</summary>
    [Parameter]
    [NonEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public string[] Right { get; set; } = [];

    /// <summary>The text above the chart.</summary>
    [Parameter]
    [NonNull]
    public string? Title { get; set; }

    /// <summary>Pixels.</summary>
    [Parameter]
    [ValidateRange(200, 10_000)]
    public int Width { get; set; } = 1000;

    /// <summary>Pixels.</summary>
    [Parameter]
    [ValidateRange(120, 10_000)]
    public int Height { get; set; } = 420;

    [Parameter]
    public ChartTheme Theme { get; set; }

    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Outputs the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string ChartPath => $" '{Path}'";

    protected override void Begin()
    {
        _file = Demand(() => FilePath(Path), Path);
        _format = Demand(() => ChartFormats.Of(_file, InvokeCommand), Path);
        ReadRange();
        ForEach(Stream, AddStreams);
        if ((!IsQuestion || IsPossible()) && ShouldProcess(_file, "Export a chart"))
        {
            _chartFile = Demand(() => new ChartFile(_file, NoClobber, Force), Path);
        }
    }

    /// <summary>Reports the errors of the export; false if it would write no file.</summary>
    private bool IsPossible()
    {
        ChartFile.Check(_file, NoClobber, Force);
        int missing = 0;
        ForEach(Streams, stream =>
        {
            missing++;
            Find(stream);
            missing--;
        });

        // Objects of the pipeline bring series that are not known yet.
        if (MyInvocation.ExpectingInput || Given(nameof(InputObject)))
        {
            return true;
        }

        if (Streams.Count == missing)
        {
            if (missing == 0)
            {
                ReportEmpty();
            }

            return false;
        }

        CheckCount(Streams.Count);
        OnTheRight([.. Streams.Select(stream => stream.ToString())]);
        return true;
    }

    protected override void Process()
    {
        if (_chartFile is null || !Given(nameof(InputObject)))
        {
            return;
        }

        Try(() => Add(InputObject), InputObject);
    }

    protected override void End()
    {
        if (_chartFile is null)
        {
            return;
        }

        ChartSeries[] series = Demand(AllSeries);
        if (series.Length == 0)
        {
            ReportEmpty();
            return;
        }

        ReportUnmatched();

        string[] empty = [.. series.Where(one => one.Obstacle is not null).Select(one => $"{one.Name} ({one.Obstacle})")];
        string advice = series.Any(HasOtherValues) ? $" {ChartSeries.Advice}" : "";
        if (empty.Length == series.Length && advice.Length > 0)
        {
            Warn($"There is nothing to draw, so '{_file}' was not written: {string.Join(", ", empty)}.{advice}");
            return;
        }

        if (empty.Length > 0)
        {
            Warn($"Nothing is drawn of {string.Join(", ", empty)}.{advice}");
        }

        _isComplete = Demand(() =>
        {
            _chartFile.Write(_format!, ChartOf(series), new PictureOptions { Width = Width, Height = Height, Theme = Theme });
            return true;
        });
        if (PassThru)
        {
            WriteFile(_file);
        }
    }

    /// <summary>Deletes the file when it is not complete, as after Ctrl+C.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _chartFile is not null)
        {
            _chartFile.Dispose();
            if (!_isComplete && Cancellation.IsCancellationRequested)
            {
                Warn($"The export was stopped: '{_file}' {(File.Exists(_file) ? "is unchanged" : "was not written")}. Export again for a complete file.");
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>True for a series of values that no chart shows. One without datapoints may have some in the next report.</summary>
    private static bool HasOtherValues(ChartSeries series) => series.Obstacle is not null && (series.Others > 0 || series.States.Count > 0);

    /// <summary>Says that no file was written, unless an error did.</summary>
    /// <exception cref="InvalidValueException">Nothing was given.</exception>
    private void ReportEmpty()
    {
        if (Stream.Length == 0 && !MyInvocation.ExpectingInput && !Given(nameof(InputObject)))
        {
            throw new InvalidValueException("There is nothing to draw. Give streams as -Stream, or pipe streams, datapoints or the rows of a dataset.", null);
        }

        if (!HasFailed)
        {
            Warn($"There is nothing to draw, so '{_file}' was not written.");
        }
    }

    private ChartSeries[] AllSeries()
    {
        IReadOnlyList<ChartSeries> given = GivenSeries();

        CheckCount(Streams.Count + given.Count);
        return [.. StreamSeries(Width * _format!.ColumnsPerPixel, Start), .. given];
    }

    private Chart ChartOf(ChartSeries[] series)
    {
        HashSet<string> right = OnTheRight([.. series.Select(one => one.Name)]);
        return new Chart
        {
            Series = series,
            Right = series.Where(one => right.Contains(one.Name)).ToHashSet(),
            Title = Title,
            Zone = TimeZone,
            From = Seconds(Start),
            To = Seconds(Stop),
            Minimum = IfGiven(Minimum),
            Maximum = IfGiven(Maximum),
        };
    }

    /// <summary>The series that -Right names: by the path or name of a stream, or the name of a column.</summary>
    /// <exception cref="NotFoundException">There is no such series.</exception>
    private HashSet<string> OnTheRight(IReadOnlyList<string> series)
    {
        HashSet<string> right = [];
        foreach (string name in Right)
        {
            Func<string, bool> isMatch = WildcardSearch.Matcher(name);
            string[] found = [.. series.Where(one => isMatch(one) || isMatch(one[(one.LastIndexOf('/') + 1)..]))];
            if (found.Length == 0 && !WildcardSearch.HasWildcard(name))
            {
                string streams = string.Join(", ", Stream.Append(name).Select(each => $"'{each}'"));
                string advice = Stream.Length == 0 ? "pipe it, too" : $"give it as -Stream, too: Export-CdbChart {Path} {streams} -Right {name}";
                throw new NotFoundException($"-Right '{name}' matches none of the series: {string.Join(", ", series)}. -Right chooses from what is drawn; {advice}.", name);
            }

            if (found.Length == 0)
            {
                Warn($"-Right '{name}' matches none of the series, so that they all have the axis on the left: {string.Join(", ", series)}.");
            }

            right.UnionWith(found);
        }

        return right;
    }
}
