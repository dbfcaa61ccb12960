using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Csv;

/// <summary>The streams of a file: one for each value column, or those that a column names.</summary>
internal sealed class CsvTargets(ICdbClient client, CsvSource source, CsvFormat format, CsvColumns columns, CsvImportOptions options, FieldStyle style)
{
    private readonly CsvStreams _streams = new(client, style);
    private readonly CsvStreamPaths _paths = new(client, format, options.CreateStreams, isColumn: columns.Stream is null, source.Path);
    private readonly List<CsvTarget> _all = [];
    private readonly List<string> _warnings = [];
    private readonly Dictionary<string, CsvTarget> _byName = new(StringComparer.Ordinal);

    /// <summary>The streams in the order of the columns, or of the first row of each.</summary>
    public IReadOnlyList<CsvTarget> All => _all;

    /// <summary>Warnings about columns, since the last call.</summary>
    public IReadOnlyList<string> TakeWarnings()
    {
        string[] taken = [.. _warnings];
        _warnings.Clear();
        return taken;
    }

    /// <summary>The stream of a name in the column of streams; null when it was not found yet.</summary>
    public CsvTarget? Of(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Finds the streams of the value columns, and checks the names in the first rows.</summary>
    public async Task FindAsync(CancellationToken cancellation)
    {
        if (columns.Stream is not null)
        {
            // Names that would become one stream are refused before anything is stored.
            foreach (string name in FirstNames().Where(_ => options.CreateStreams))
            {
                _paths.Of(name);
            }

            return;
        }

        if (options.Streams.Count > 0 && options.Streams.Count != columns.Values.Count)
        {
            string names = string.Join(", ", columns.Values.Select(column => $"'{format.Names[column]}'"));
            throw new InvalidValueException(
                $"'{source.Path}' has {CountText.Of(columns.Values.Count, "column")} with values ({names}), and -Stream has {options.Streams.Count}. Choose the columns as -ValueColumn, in the order of the streams.",
                options.Streams);
        }

        for (int i = 0; i < columns.Values.Count; i++)
        {
            int column = columns.Values[i];
            CdbPath path = options.Streams.Count > 0 ? options.Streams[i] : _paths.Of(format.Names[column]);
            if (_all.Any(target => target.Stream == path))
            {
                throw new InvalidValueException($"Two columns have values for '{path}'. Choose one as -ValueColumn, or give a stream for each as -Stream.", path);
            }

            SampleRow[] rows = [.. format.Rows.Where(row => column < row.Fields.Count)];
            _all.Add(await FindAsync(path, format.Names[column], rows, column, cancellation).ConfigureAwait(false));
        }
    }

    /// <summary>Finds the streams that the first rows name.</summary>
    public async Task FindFirstAsync(CancellationToken cancellation)
    {
        foreach (string name in FirstNames().Where(name => !_byName.ContainsKey(name)))
        {
            await FindAsync(name, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Finds the stream that a row names.</summary>
    public async Task<CsvTarget> FindAsync(string name, CancellationToken cancellation)
    {
        int column = columns.Values[0];
        SampleRow[] rows = [.. format.Rows.Where(row => column < row.Fields.Count && row[columns.Stream!.Value] == name)];
        CsvTarget target = await FindAsync(_paths.Of(name), name, rows, column, cancellation).ConfigureAwait(false);
        _byName.Add(name, target);
        _all.Add(target);
        return target;
    }

    /// <summary>Creates a stream that does not exist.</summary>
    /// <exception cref="NotFoundException">No streams are to be created.</exception>
    public async Task CreateAsync(CsvTarget target, CancellationToken cancellation)
    {
        if (target.IsNew && !options.CreateStreams)
        {
            throw new NotFoundException(
                $"There is no stream '{target.Stream}' for the column '{target.Column}'. Create it with -CreateStream, name another one as -Stream, or choose columns as -ValueColumn. The columns are {CsvColumns.Listed(format)}.",
                target.Stream);
        }

        if (target.IsNew)
        {
            await client.CreateStreamAsync(target.Stream, new StreamDefinition { Schema = target.Schema }, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<CsvTarget> FindAsync(CdbPath path, string name, IReadOnlyList<SampleRow> rows, int column, CancellationToken cancellation)
    {
        CsvTarget target = await _streams.FindAsync(path, name, [.. rows.Select(row => row.Fields[column])], cancellation).ConfigureAwait(false);
        if (options.CreateStreams && !style.QuotesMarkText && TextColumnCheck.WarningOf(target, rows, column, source.Path) is { } warning)
        {
            _warnings.Add(warning);
        }

        return target;
    }

    /// <summary>The names of streams in the first rows.</summary>
    private IEnumerable<string> FirstNames()
        => columns.Stream is not { } column ? [] : format.Rows
            .Where(row => row[column].Length > 0 && row[column] != format.Names[column])
            .Select(row => row[column])
            .Distinct(StringComparer.Ordinal);
}
