using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.Core.Csv;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>Exports streams, or datapoints and rows of datasets from the pipeline, to a CSV file.</summary>
[Cmdlet(VerbsData.Export, "CdbCsv", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed partial class ExportCdbCsvCommand : ConnectedCdbCmdlet
{
    private readonly List<CdbPath> _streams = [];
    private readonly List<string> _unmatched = [];
    private CsvExport? _export;
    private DateTimeOffset? _start;
    private DateTimeOffset? _end;
    private CsvRowObjects? _objects;
    private string _file = "";
    private bool _isApproved;
    private bool _isComplete;

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

    /// <summary>Datapoints, rows of datasets, or streams.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    [Parameter]
    [ZonedTimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public object? From { get; set; }

    [Parameter]
    [ZonedTimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public object? To { get; set; }

    [Parameter]
    [ZonedTimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public object? Since { get; set; }

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    [Parameter]
    public SwitchParameter Downlink { get; set; }

    /// <summary>Writes a row for each datapoint of several streams, with the name of the stream, instead of a column for each stream.</summary>
    [Parameter]
    public SwitchParameter Long { get; set; }

    [Parameter]
    [GivenArgument]
    public char Delimiter { get; set; }

    [Parameter]
    [CultureArgument]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public CultureInfo? Culture { get; set; }

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(TimestampFormatCompleter))]
    public string? TimestampFormat { get; set; }

    [Parameter]
    [TimeZoneArgument]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo? TimeZone { get; set; }

    /// <summary>Begins the file with a byte order mark, by which Excel knows UTF-8.</summary>
    [Parameter]
    public SwitchParameter Bom { get; set; }

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Outputs the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Begin()
    {
        _file = Demand(() => OtherFileName.DemandCsv(FilePath(Path)), Path);
        ForEach(Stream, AddStreams);
        CsvFileMode mode = new() { Append = Append, NoClobber = NoClobber, Force = Force };
        _isApproved = (!IsQuestion || IsPossible(mode)) && ShouldProcess(_file, "Export to a CSV file");
        if (!_isApproved)
        {
            return;
        }

        _start = StreamRange.Start(TimeOf(From), TimeOf(Since));
        _end = TimeOf(To);
        _export = Demand(
            () => new CsvExport(
                _file,
                new CsvWriteOptions { Delimiter = IfGiven(Delimiter), Culture = Culture, TimestampFormat = TimestampFormat, TimeZone = TimeZone, HasByteOrderMark = Bom },
                mode),
            Path);
        _objects = new CsvRowObjects(_export);
    }

    /// <summary>Reports the errors of the export; false if it would write no file.</summary>
    private bool IsPossible(CsvFileMode mode)
    {
        CsvExport.Check(_file, mode);
        int missing = 0;
        ForEach(_streams, stream =>
        {
            missing++;
            Find(stream);
            missing--;
        });
        if (missing > 0 || _streams.Count > 0 || MyInvocation.ExpectingInput || Given(nameof(InputObject)))
        {
            return missing == 0;
        }

        if (Stream.Length == 0)
        {
            throw Nothing;
        }

        if (_unmatched.Count > 0)
        {
            WarnOfNoMatch();
        }

        return false;
    }

    private void AddStreams(string name)
    {
        CdbPath[] found = new TreeSearch(Client, Cancellation).Paths(name, CdbPathKind.Stream);
        if (found.Length == 0)
        {
            _unmatched.Add(name);
        }

        _streams.AddRange(found);
    }

    protected override void Process()
    {
        if (!_isApproved || !Given(nameof(InputObject)))
        {
            return;
        }

        object? bare = PowerShellObject.Unwrap(InputObject);
        if (bare is CdbStream or CdbPath or string)
        {
            Try(() => AddStreams(bare is CdbStream stream ? stream.Path : bare.ToString()!), bare);
            return;
        }

        // A part of the rows would look like all of them, so that an error ends the export.
        Demand(
            () =>
            {
                _objects!.Add(InputObject);
                return true;
            },
            InputObject);
    }

    protected override void End()
    {
        if (!_isApproved)
        {
            return;
        }

        // A dataset or a range without rows is no mistake, nor are wildcards without a match.
        if ((MyInvocation.ExpectingInput || Stream.Length > 0) && !_export!.HasBegun && _streams.Count == 0)
        {
            WarnOfNoMatch();
            return;
        }

        _unmatched.ForEach(name => ReportNoMatch(CdbPathKind.Stream, name));
        Check();
        _objects!.Complete();
        if (_streams.Count > 0)
        {
            Export([.. _streams.Distinct()]);
        }

        _export!.Complete();
        _isComplete = true;
        if (_export!.Warning is { } warning)
        {
            Warn(warning);
        }

        if (PassThru)
        {
            WriteFile(_file);
        }
    }

    /// <summary>Deletes the file when it is not complete, as after Ctrl+C, which may come before the last object of the pipeline.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _export is not null)
        {
            _export.Dispose();
            if (!_isComplete && Cancellation.IsCancellationRequested)
            {
                Warn($"The export was stopped: '{_file}' {(File.Exists(_file) ? "is unchanged" : "was not written")}. Export again for a complete file.");
            }
        }

        base.Dispose(disposing);
    }

    private static InvalidValueException Nothing => new("There is nothing to export. Give streams as -Stream, or pipe streams, datapoints or the rows of a dataset.", null);

    private void WarnOfNoMatch() => Warn($"{(Stream.Length > 0 ? "No stream matches" : "The pipeline brought no rows")}, so '{_file}' was not written.");

    /// <summary>The time; without an offset, in the time zone of the file.</summary>
    private DateTimeOffset? TimeOf(object? given) => ZonedTimeArgumentAttribute.Read(given, TimeZone);

    private void Check()
    {
        bool hasRows = _export!.HasBegun;
        if (hasRows && _streams.Count > 0)
        {
            throw new InvalidValueException("A file has the datapoints of streams, or those of the pipeline. Give one of them.", _streams[0]);
        }

        if (!hasRows && _streams.Count == 0)
        {
            throw Nothing;
        }

        string? range = new[] { nameof(From), nameof(To), nameof(Since), nameof(Transform), nameof(Downlink) }.FirstOrDefault(Given);
        if (hasRows && range is not null)
        {
            throw new InvalidValueException($"-{range} is for streams. Give it to the cmdlet that outputs the datapoints.", range);
        }
    }
}
