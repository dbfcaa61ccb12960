using System.Runtime.CompilerServices;
using ConnectorDb.Contracts;
using ConnectorDb.Csv;
using ConnectorDb.Timestamps;

namespace ConnectorDb.Core.Csv;

/// <summary>Imports the values of a CSV file to streams, in one pass, in transactions of many rows.</summary>
/// <remarks>
/// A repeated import goes on where the last one ended: rows that a stream already has, with the same time and value, are counted and not
/// stored again. Memory does not grow with the file, except for a sorted import.
/// </remarks>
public sealed class CsvImport : IAsyncDisposable
{
    private readonly CsvSource _source;
    private readonly CsvFormat _format;
    private readonly CsvColumns _columns;
    private readonly CsvImportOptions _options;
    private readonly FieldStyle _style;
    private readonly TimestampParser _parser;
    private readonly CsvRowOrder _order;
    private readonly CsvTargets _targets;
    private readonly CsvAppend _append;
    private readonly List<string> _warnings = [];

    private CsvImport(ICdbClient client, CsvSource source, CsvImportOptions options)
    {
        _source = source;
        _options = options;
        _format = FormatDetection.Of(source, options);
        _parser = ParserOf(options);
        _columns = CsvColumns.Of(_format, options, _parser, source.Path);
        bool isDescending = TimeCheck.Check(_format, _columns, _parser, options, source.Path);
        _order = new CsvRowOrder(options.Sort, options.Sort && isDescending);
        _style = new FieldStyle(NumbersOf(), new HashSet<string>(options.MissingText, StringComparer.OrdinalIgnoreCase), _format.QuotesMarkText);
        _targets = new CsvTargets(client, source, _format, _columns, options, _style);
        _append = new CsvAppend(client, options, source.Path, _style);
        _warnings.AddRange(source.Warning is { } warning ? [warning] : []);
    }

    /// <summary>The counts so far.</summary>
    public CsvImportResult Result => _append.ResultOf(_targets.All);

    /// <summary>The last line of the rows in <see cref="Result"/>, from 1; 0 before the first.</summary>
    public long LastLine => _append.LastLine;

    /// <summary>Warnings about the content of the file, since the last call.</summary>
    public IReadOnlyList<string> TakeWarnings()
    {
        string[] taken = [.. _warnings, .. _targets.TakeWarnings()];
        _warnings.Clear();
        return taken;
    }

    /// <summary>Finds the format of a file and its streams; nothing is stored.</summary>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    /// <exception cref="InvalidValueException">The file does not say what it means; the message says what to add.</exception>
    public static async Task<CsvImport> OpenAsync(ICdbClient client, string path, CsvImportOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        CsvImport import = new(client, CsvSource.Open(path, options.Encoding), options);
        await import._targets.FindAsync(cancellation).ConfigureAwait(false);
        return import;
    }

    /// <summary>Reads the first rows.</summary>
    public async Task<CsvPreview> PreviewAsync(CancellationToken cancellation) => new()
    {
        // The first rows also find the streams that they name.
        Values = await ReadFirstAsync(cancellation).ConfigureAwait(false),
        Path = _source.Path,
        Encoding = _source.Encoding.WebName,
        Delimiter = _format.Delimiter,
        DecimalMark = _style.Format.DecimalMark,
        HeaderLine = _format.HeaderLine,
        FirstLine = _format.FirstLine,
        TimestampColumn = [.. _columns.Time.Select(column => _format.Names[column])],
        TimeZone = _parser.Zone.Id,
        Streams = [.. _targets.All.Select(target => new CsvPreviewStream(target.Column, target.Stream.ToString(), target.Schema, target.IsNew && _options.CreateStreams) { IsMissing = target.IsNew && !_options.CreateStreams })],
    };

    /// <summary>Stores the values. After a cancellation, stored values stay, and <see cref="Result"/> has the counts.</summary>
    /// <exception cref="NotFoundException">A stream is missing, and none is to be created.</exception>
    public async IAsyncEnumerable<CsvImportStep> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        _append.CheckRejectedPath();
        foreach (CsvTarget target in _targets.All)
        {
            await _targets.CreateAsync(target, cancellation).ConfigureAwait(false);
        }

        using CsvRows rows = OpenRows();
        Task append = Task.CompletedTask;
        try
        {
            while (rows.Read(_options.Sort ? int.MaxValue : CsvRows.MostRows, cancellation) is { } chunk)
            {
                List<CsvBatch> batches = await _append.NewAsync(chunk, _targets.All, cancellation).ConfigureAwait(false);
                await append.ConfigureAwait(false);
                append = Task.Run(() => _append.AppendAsync(chunk, batches), CancellationToken.None);
                yield return new CsvImportStep(_append.Rows + chunk.Rows, rows.Share);
                if (rows.UnknownStream is { } name)
                {
                    await _targets.CreateAsync(await _targets.FindAsync(name, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
                }
            }

            _warnings.AddRange(rows.EndWarning is { } warning ? [warning] : []);
        }
        finally
        {
            await append.ConfigureAwait(false);
            await _append.DisposeAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _append.DisposeAsync();

    private static TimestampParser ParserOf(CsvImportOptions options)
    {
        try
        {
            return new TimestampParser(options.Timestamps);
        }
        catch (FormatException error)
        {
            throw new InvalidValueException(error.Message, options.Timestamps.Formats);
        }
    }

    private CsvRows OpenRows() => new(_source, _format, _columns, _parser, _targets, _order);

    private NumberFormat NumbersOf()
        => _options.Culture is { } culture
            ? NumberFormat.Of(culture)
            : NumberFormat.Of(_columns.Values.SelectMany(_format.Fields), hasGroups: !_format.QuotesMarkText);

    private async Task<CsvPreviewValue[]> ReadFirstAsync(CancellationToken cancellation)
    {
        const int Most = 10;
        using CsvRows rows = OpenRows();
        List<CsvPreviewValue> values = [];
        while (values.Count < Most && rows.Read(Most, cancellation) is { } chunk)
        {
            values.AddRange(PreviewRows.Of(chunk, _targets.All));
            if (rows.UnknownStream is { } name)
            {
                await _targets.FindAsync(name, cancellation).ConfigureAwait(false);
            }
        }

        await _targets.FindFirstAsync(cancellation).ConfigureAwait(false);
        return [.. values];
    }
}
