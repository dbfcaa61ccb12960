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
public sealed class CsvImport : IDisposable
{
    private const int PreviewRows = 10;
    private const int FirstRejectedRows = 10;
    private readonly ICdbClient _client;
    private readonly CsvSource _source;
    private readonly CsvFormat _format;
    private readonly CsvColumns _columns;
    private readonly CsvImportOptions _options;
    private readonly FieldStyle _style;
    private readonly TimestampParser _parser;
    private readonly bool _isDescending;
    private readonly CsvStreams _streams;
    private readonly CsvStreamPaths _paths;
    private readonly RejectedFile _rejectedFile;
    private readonly List<CsvTarget> _targets = [];
    private readonly Dictionary<string, CsvTarget> _byName = new(StringComparer.Ordinal);
    private readonly List<CsvRejectedRow> _firstRejected = [];
    private readonly Dictionary<CsvTarget, StoredValues> _stored = [];
    private CsvRows? _rows;
    private long _count;
    private long _storedCount;
    private long _alreadyThere;
    private long _missing;
    private long _rejected;

    private CsvImport(ICdbClient client, CsvSource source, CsvImportOptions options)
    {
        _client = client;
        _source = source;
        _options = options;
        _format = FormatDetection.Of(source, options);
        _parser = ParserOf(options);
        _columns = CsvColumns.Of(_format, options, _parser, source.Path);
        _isDescending = TimeCheck.Check(_format, _columns, _parser, options, source.Path);
        _style = new FieldStyle(NumbersOf(), new HashSet<string>(options.MissingText, StringComparer.OrdinalIgnoreCase), _format.QuotesMarkText);
        _streams = new CsvStreams(client, _style);
        _paths = new CsvStreamPaths(client, _format, options.CreateStreams, isColumn: _columns.Stream is null, source.Path);
        _rejectedFile = new RejectedFile(options.RejectedPath, source.Path);
    }

    /// <summary>The counts so far.</summary>
    public CsvImportResult Result => new()
    {
        Path = _source.Path,
        Rows = _count,
        Stored = _storedCount,
        AlreadyThere = _alreadyThere,
        Missing = _missing,
        Rejected = _rejected,
        FirstRejected = _firstRejected.ToArray(),
        RejectedPath = _rejectedFile.Path,
        Streams = _targets.Select(target => target.Stream).ToArray(),
    };

    /// <summary>Finds the format of a file and its streams; nothing is stored.</summary>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    /// <exception cref="InvalidValueException">The file does not say what it means; the message says what to add.</exception>
    public static async Task<CsvImport> OpenAsync(ICdbClient client, string path, CsvImportOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        CsvImport import = new(client, CsvSource.Open(path, options.Encoding), options);
        await import.FindStreamsAsync(cancellation).ConfigureAwait(false);
        return import;
    }

    /// <summary>Reads the first rows.</summary>
    public async Task<CsvPreview> PreviewAsync(CancellationToken cancellation)
    {
        using CsvRows rows = OpenRows();
        List<CsvPreviewValue> values = [];
        while (values.Count < PreviewRows && rows.Read(PreviewRows, cancellation) is { } chunk)
        {
            values.AddRange(PreviewOf(chunk));
            if (rows.UnknownStream is { } name)
            {
                await FindAsync(name, cancellation).ConfigureAwait(false);
            }
        }

        foreach (string name in FirstNames().Where(name => !_byName.ContainsKey(name)))
        {
            await FindAsync(name, cancellation).ConfigureAwait(false);
        }

        return new CsvPreview
        {
            Path = _source.Path,
            Encoding = _source.Encoding.WebName,
            Delimiter = _format.Delimiter,
            DecimalMark = _style.Format.DecimalMark,
            HeaderLine = _format.HeaderLine,
            FirstLine = _format.FirstLine,
            TimestampColumn = _columns.Time.Select(column => _format.Names[column]).ToArray(),
            TimeZone = _parser.Zone.Id,
            Streams = _targets.Select(target => new CsvPreviewStream(target.Column, target.Stream, target.Schema, target.IsNew && _options.CreateStreams) { IsMissing = target.IsNew && !_options.CreateStreams }).ToArray(),
            Values = values.ToArray(),
        };
    }

    /// <summary>Stores the values. After a cancellation, stored values stay, and <see cref="Result"/> has the counts.</summary>
    /// <exception cref="NotFoundException">A stream is missing, and none is to be created.</exception>
    public async IAsyncEnumerable<CsvImportStep> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (CsvTarget target in _targets)
        {
            await CreateAsync(target, cancellation).ConfigureAwait(false);
        }

        _rows = OpenRows();
        Task append = Task.CompletedTask;
        try
        {
            while (_rows.Read(_options.Sort ? int.MaxValue : CsvRows.MostRows, cancellation) is { } chunk)
            {
                List<CsvBatch> batches = await NewAsync(chunk, cancellation).ConfigureAwait(false);
                await append.ConfigureAwait(false);
                append = Task.Run(() => AppendAsync(chunk, batches), CancellationToken.None);
                yield return new CsvImportStep(_count + chunk.Rows, _rows.Share);
                if (_rows.UnknownStream is { } name)
                {
                    await FindAsync(name, cancellation).ConfigureAwait(false);
                    await CreateAsync(_byName[name], cancellation).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await append.ConfigureAwait(false);
            foreach (StoredValues stored in _stored.Values)
            {
                await stored.DisposeAsync().ConfigureAwait(false);
            }

            _rejectedFile.Dispose();
        }
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _rejectedFile.Dispose();
    }

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

    private CsvRows OpenRows()
        => new(_source, _format, _columns, _parser, _columns.Stream is null ? _targets : [], name => _byName.GetValueOrDefault(name), new CsvRowOrder(_options.Sort, _options.Sort && _isDescending));

    private NumberFormat NumbersOf()
        => _options.Culture is { } culture
            ? NumberFormat.Of(culture)
            : NumberFormat.Of(_columns.Values.SelectMany(_format.Fields), hasGroups: !_format.QuotesMarkText);

    private async Task FindStreamsAsync(CancellationToken cancellation)
    {
        if (_columns.Stream is not null)
        {
            // Names that would become one stream are refused before anything is stored.
            foreach (string name in FirstNames().Where(_ => _options.CreateStreams))
            {
                _paths.Of(name);
            }

            return;
        }

        if (_options.Streams.Count > 0 && _options.Streams.Count != _columns.Values.Count)
        {
            string columns = string.Join(", ", _columns.Values.Select(column => $"'{_format.Names[column]}'"));
            throw new InvalidValueException(
                $"'{_source.Path}' has {_columns.Values.Count} columns with values ({columns}), and -Stream has {_options.Streams.Count}. Choose the columns as -ValueColumn, in the order of the streams.",
                _options.Streams);
        }

        for (int i = 0; i < _columns.Values.Count; i++)
        {
            int column = _columns.Values[i];
            CdbPath path = _options.Streams.Count > 0 ? _options.Streams[i] : _paths.Of(_format.Names[column]);
            if (_targets.Any(target => target.Stream == path))
            {
                throw new InvalidValueException($"Two columns have values for '{path}'. Choose one as -ValueColumn, or give a stream for each as -Stream.", path);
            }

            string[] fields = [.. _format.Rows.Where(row => column < row.Fields.Count).Select(row => row.Fields[column])];
            _targets.Add(await _streams.FindAsync(path, _format.Names[column], fields, cancellation).ConfigureAwait(false));
        }
    }

    /// <summary>The names of streams in the first rows.</summary>
    private IEnumerable<string> FirstNames()
        => _columns.Stream is not { } column ? [] : _format.Rows
            .Where(row => row[column].Length > 0 && row[column] != _format.Names[column])
            .Select(row => row[column])
            .Distinct(StringComparer.Ordinal);

    private async Task FindAsync(string name, CancellationToken cancellation)
    {
        int column = _columns.Values[0];
        string[] fields = [.. _format.Rows.Where(row => column < row.Fields.Count && row[_columns.Stream!.Value] == name).Select(row => row.Fields[column])];
        CsvTarget target = await _streams.FindAsync(_paths.Of(name), name, fields, cancellation).ConfigureAwait(false);
        _byName.Add(name, target);
        _targets.Add(target);
    }

    private async Task CreateAsync(CsvTarget target, CancellationToken cancellation)
    {
        if (target.IsNew && !_options.CreateStreams)
        {
            throw new NotFoundException(
                $"There is no stream '{target.Stream}' for the column '{target.Column}'. Create it with -CreateStream, name another one as -Stream, or choose columns as -ValueColumn. The columns are {CsvColumns.Listed(_format)}.",
                target.Stream);
        }

        if (target.IsNew)
        {
            await _client.CreateStreamAsync(target.Stream, new StreamDefinition { Schema = target.Schema }, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The values of a chunk that their streams do not have yet.</summary>
    private async Task<List<CsvBatch>> NewAsync(CsvChunk chunk, CancellationToken cancellation)
    {
        List<CsvBatch> batches = [];
        foreach (CsvTarget target in _targets.Where(target => target.Waiting > 0))
        {
            CsvBatch batch = _options.Sort ? target.Take().Sorted() : target.Take();
            batches.Add(batch.Points.Times.Span[0] > target.NewestStored ? batch : await WithoutStoredAsync(chunk, batch, cancellation).ConfigureAwait(false));
        }

        batches.RemoveAll(batch => batch.Points.Count == 0);
        return batches;
    }

    private async Task<CsvBatch> WithoutStoredAsync(CsvChunk chunk, CsvBatch batch, CancellationToken cancellation)
    {
        CsvTarget target = batch.Target;
        if (!_stored.TryGetValue(target, out StoredValues? stored))
        {
            _stored[target] = stored = new StoredValues(_client, target.Place);
        }

        List<int> fresh = [];
        for (int i = 0; i < batch.Points.Count; i++)
        {
            double t = batch.Points.Times.Span[i];
            if (t > target.NewestStored)
            {
                fresh.Add(i);
            }
            else if (await stored.TakeAsync(t, batch.Points.Values[i], cancellation).ConfigureAwait(false))
            {
                _alreadyThere++;
            }
            else if (t == target.NewestStored)
            {
                fresh.Add(i);
            }
            else
            {
                chunk.Reject(batch.Rows[i], $"{target.Column}: '{target.Stream}' has newer datapoints, up to {IsoText.Of(target.NewestStored)}, and does not have this one.");
            }
        }

        return batch.Pick(fresh);
    }

    private async Task AppendAsync(CsvChunk chunk, IReadOnlyList<CsvBatch> batches)
    {
        AppendOptions options = new() { OnInvalid = OnInvalid.RejectInvalid };
        foreach (CsvBatch[] group in GroupsOf(batches))
        {
            foreach (CsvBatch batch in group.Where(batch => batch.Target.IsNew && batch.Target.Widen(batch.Points.Values)))
            {
                await _client.UpdateStreamAsync(batch.Target.Stream, new StreamDefinition { Schema = batch.Target.Schema }, CancellationToken.None).ConfigureAwait(false);
            }

            IReadOnlyList<AppendResult> results = await _client.AppendAsync([.. group.Select(batch => batch.Block)], options, CancellationToken.None).ConfigureAwait(false);
            for (int i = 0; i < results.Count; i++)
            {
                Note(chunk, group[i], results[i]);
            }
        }

        _count += chunk.Rows;
        _missing += chunk.Missing;
        foreach (CsvRejectedRow row in chunk.Rejected)
        {
            _rejected++;
            _rejectedFile.Write(row);
            if (_firstRejected.Count < FirstRejectedRows)
            {
                _firstRejected.Add(row);
            }
        }
    }

    /// <summary>One transaction for a chunk; several for all rows of a sorted file.</summary>
    private IEnumerable<CsvBatch[]> GroupsOf(IReadOnlyList<CsvBatch> batches)
        => batches.Count == 0 ? []
            : _options.Sort ? batches.SelectMany(batch => batch.Split(CsvRows.MostRows)).Select(part => new[] { part })
            : [[.. batches]];

    private void Note(CsvChunk chunk, CsvBatch batch, AppendResult result)
    {
        if (result.Error is { } error)
        {
            throw error;
        }

        _storedCount += result.Count;
        _options.Appended?.Invoke(batch.Target.Stream, batch.Points.Times);
        foreach (RejectedDatapoint rejected in result.Rejected)
        {
            chunk.Reject(batch.Rows[rejected.Index], $"{batch.Target.Column}: {rejected.Reason}");
        }
    }

    private IEnumerable<CsvPreviewValue> PreviewOf(CsvChunk chunk)
    {
        CsvBatch[] batches = [.. _targets.Where(target => target.Waiting > 0).Select(target => target.Take())];
        IEnumerable<(long Line, int Order, CsvPreviewValue Value)> values = batches.SelectMany((batch, order) => Enumerable.Range(0, batch.Points.Count).Select(i => (
            chunk.LineOf(batch.Rows[i]),
            order,
            new CsvPreviewValue(chunk.LineOf(batch.Rows[i]), UnixTime.ToDateTimeOffset(batch.Points.Times.Span[i]), batch.Target.Stream, batch.Points.Values[i].ToNatural(), null))));
        IEnumerable<(long Line, int Order, CsvPreviewValue Value)> problems = chunk.Rejected.Select(row => (row.Line, int.MaxValue, new CsvPreviewValue(row.Line, null, null, null, row.Reason)));
        return values.Concat(problems).OrderBy(value => value.Line).ThenBy(value => value.Order).Select(value => value.Value);
    }
}
