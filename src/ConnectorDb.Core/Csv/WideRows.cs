using ConnectorDb.Columns;

namespace ConnectorDb.Core.Csv;

/// <summary>
/// Combines the datapoints of several streams to rows: those of one time are one row. Several of one stream at one time are several
/// rows of that time.
/// </summary>
/// <param name="streams">The streams, in the order of the columns.</param>
public sealed class WideRows(IReadOnlyList<CdbPath> streams, CsvExport export)
{
    private readonly DataValue?[] _row = new DataValue?[streams.Count];
    private IReadOnlyList<CdbPath>? _known;
    private int[] _columns = [];
    private double _time;
    private bool _hasRow;

    /// <summary>Adds datapoints of a merge.</summary>
    /// <exception cref="NotAvailableException">The database does not say which streams the datapoints come from.</exception>
    public void Add(Block points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count == 0)
        {
            return;
        }

        StreamColumn from = points.Streams ?? throw new NotAvailableException(
            "This server does not say which stream each datapoint comes from. Export the streams one by one, to a file each.", null);
        Know(from.Streams);
        for (int i = 0; i < points.Count; i++)
        {
            Add(points.Times.Span[i], _columns[from.Indices.Span[i]], points.Values[i]);
        }
    }

    /// <summary>Writes the last row.</summary>
    public void Complete()
    {
        if (_hasRow)
        {
            export.Write(_time, _row);
            Array.Clear(_row);
            _hasRow = false;
        }
    }

    private void Add(double t, int column, DataValue value)
    {
        if (_hasRow && (t != _time || _row[column] is not null))
        {
            Complete();
        }

        _row[column] = value;
        _time = t;
        _hasRow = true;
    }

    private void Know(IReadOnlyList<CdbPath> known)
    {
        if (!ReferenceEquals(known, _known))
        {
            _known = known;
            _columns = [.. known.Select(path => Enumerable.Range(0, streams.Count).First(column => streams[column] == path))];
        }
    }
}
