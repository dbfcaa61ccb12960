using System.Globalization;
using System.Management.Automation;
using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Csv;
using ConnectorDb.Csv;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.PowerShell.Values;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>Imports the columns of CSV files to streams; with -WhatIf it outputs a preview.</summary>
[Cmdlet(VerbsData.Import, "CdbCsv", SupportsShouldProcess = true)]
[OutputType(typeof(CsvImportResult), typeof(CsvPreview))]
public sealed class ImportCdbCsvCommand : ConnectedCdbCmdlet
{
    private FutureTimes? _future;
    private bool _hasRejected;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>The streams of the value columns, in their order.</summary>
    [Parameter(Position = 1)]
    [NonEmpty]
    [PathArgument(CdbPathKind.Stream)]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public string[] Stream { get; set; } = [];

    [Parameter]
    [Alias("ValueProperty")]
    [NonEmpty]
    [ArgumentCompleter(typeof(CsvColumnCompleter))]
    public string[] ValueColumn { get; set; } = [];

    /// <summary>The column of the time; the columns of the date and of the time of day.</summary>
    [Parameter]
    [Alias("TimestampProperty")]
    [NonEmpty]
    [ValidateCount(1, 2)]
    [ArgumentCompleter(typeof(CsvColumnCompleter))]
    public string[] TimestampColumn { get; set; } = [];

    /// <summary>The column with the names of the streams.</summary>
    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(CsvColumnCompleter))]
    public string? StreamColumn { get; set; }

    [Parameter]
    public SwitchParameter CreateStream { get; set; }

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(TimestampFormatCompleter))]
    public string[] TimestampFormat { get; set; } = [];

    [Parameter]
    [TimeZoneArgument]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo? TimeZone { get; set; }

    [Parameter]
    [CultureArgument]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public CultureInfo? Culture { get; set; }

    [Parameter]
    [GivenArgument]
    public char Delimiter { get; set; }

    [Parameter]
    [EncodingArgument]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding? Encoding { get; set; }

    [Parameter]
    [NonEmpty]
    public string[] Header { get; set; } = [];

    /// <summary>Lines before the header that are skipped.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int SkipLine { get; set; }

    [Parameter]
    [NonNull]
    public string[] MissingText { get; set; } = [];

    /// <summary>Sorts the rows by time, in memory.</summary>
    [Parameter]
    public SwitchParameter Sort { get; set; }

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? RejectedPath { get; set; }

    protected override void Begin()
    {
        base.Begin();
        _future = new FutureTimes(Warn);
    }

    protected override void Process() => ForEach(Path, path => Import(FilePath(path)));

    protected override void End()
        => _future!.Complete((stream, now) => $"If that is a mistake, take them back: Remove-CdbDatapoint {stream} -After {now}");

    private void Import(string path)
    {
        CsvImport import = Await.Result(new ValueTask<CsvImport>(CsvImport.OpenAsync(Client, path, Options(), Cancellation)));
        try
        {
            WarnOf(import);
            RunOrPreview(import, path);
        }
        finally
        {
            Await.Completion(import.DisposeAsync());
        }
    }

    private void RunOrPreview(CsvImport import, string path)
    {
        string streams = string.Join(", ", import.Result.Streams);
        string action = streams.Length > 0 ? $"Import values to {streams}" : "Import values to the streams that it names";
        if (ShouldProcess($"Performing the operation \"{action}\" on target \"{path}\".", $"{action} from '{path}'?", "Import-CdbCsv", out ShouldProcessReason reason))
        {
            Run(import, path);
        }
        else if (reason == ShouldProcessReason.WhatIf)
        {
            WriteObject(Await.Result(new ValueTask<CsvPreview>(import.PreviewAsync(Cancellation))));
        }
    }

    private CsvImportOptions Options() => new()
    {
        Delimiter = IfGiven(Delimiter),
        Encoding = Encoding,
        Header = Header,
        SkipLines = SkipLine,
        TimestampColumns = TimestampColumn,
        ValueColumns = ValueColumn,
        Streams = (CdbPath[])[.. Stream.Select(name => Resolve(name, CdbPathKind.Stream))],
        StreamColumn = StreamColumn,
        MissingText = Given(nameof(MissingText)) ? MissingText : CsvImportOptions.DefaultMissingText,
        Culture = Culture,
        Timestamps = new TimestampOptions { Formats = TimestampFormat, TimeZone = TimeZone, Culture = Culture },
        CreateStreams = CreateStream,
        Sort = Sort,
        RejectedPath = RejectedPath is null ? null : FilePath(RejectedPath),
        AppendRejected = _hasRejected,
        Appended = (stream, times) =>
        {
            OperationTrace.Current?.Add(string.Create(CultureInfo.InvariantCulture, $"Stored {CountText.Of(times.Length, "datapoint")} in '{stream}'."));
            _future!.Note(stream, times.Span);
        },
    };

    private void Run(CsvImport import, string path)
    {
        ProgressReport progress = new(this, $"Importing {path}");
        bool isComplete = false;
        try
        {
            foreach (CsvImportStep step in Await.Each(import.RunAsync(Cancellation)))
            {
                progress.Reach(step.Rows, "rows", step.Share);
            }

            isComplete = true;
            WarnOf(import);
        }
        finally
        {
            // A pipeline that is being stopped has no progress, so that the warning comes first.
            if (!isComplete && (import.Result.Rows > 0 || import.Result.Stored > 0 || Cancellation.IsCancellationRequested))
            {
                string part = import.LastLine > 0 ? string.Create(CultureInfo.InvariantCulture, $" of the first {CountText.Of(import.Result.Rows, "row")}, up to line {import.LastLine},") : "";
                Warn(string.Create(CultureInfo.InvariantCulture, $"The import of '{path}' did not finish: {CountText.Of(import.Result.Stored, "datapoint")}{part} {(import.Result.Stored == 1 ? "is" : "are")} stored. Import the file again to go on from there."));
            }

            _hasRejected |= import.Result.RejectedPath is not null;
            progress.Complete();
        }

        CsvImportResult result = import.Result;
        Report(result);
        WriteObject(result);
    }

    private void WarnOf(CsvImport import)
    {
        foreach (string warning in import.TakeWarnings())
        {
            Warn(warning);
        }
    }

    private void Report(CsvImportResult result)
    {
        WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"Read {CountText.Of(result.Rows, "row")} of '{result.Path}': stored {CountText.Of(result.Stored, "datapoint")}, skipped {result.AlreadyThere:N0} that were there already and {CountText.Of(result.Missing, "field")} without a value."));
        if (result.Rows == 0)
        {
            Warn($"'{result.Path}' has no rows of data.");
        }
        else if (result.Rejected > 0)
        {
            CsvRejectedRow first = result.FirstRejected[0];
            string all = result.RejectedPath is { } file ? $"All are in '{file}'." : "Give -RejectedPath to write all of them to a file.";
            Warn(string.Create(CultureInfo.InvariantCulture, $"{result.Rejected:N0} of {result.Rows:N0} rows of '{result.Path}' were rejected, at least in part. The first is line {first.Line}: {first.Reason} {all}"));
        }
    }
}
