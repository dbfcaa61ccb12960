using ConnectorDb.Core.Charts;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine.Reading;

/// <summary>
/// Remembers the columns of charts that cannot change, because a later column follows them. A chart that is drawn again, moved or followed then
/// reads only its ends and new datapoints.
/// </summary>
/// <remarks>A sequence changes only at its end, and a truncation is remembered by the store (<see cref="IStoreReader.LowestCount"/>), also one by another process.</remarks>
internal sealed class ColumnCache
{
    /// <summary>The number of datapoints from which on a range is looked up. Shorter ones are read as quickly.</summary>
    public const long MinCount = 65_536;

    /// <summary>The number of datapoints per column, below which reading takes as long as remembering.</summary>
    private const long MinCountPerColumn = 64;

    /// <summary>The columns of all charts together with their states, at most about 200 bytes each.</summary>
    private const int MaxSize = 65_536;

    private readonly Lock _lock = new();
    private readonly Dictionary<(SequenceKey, ColumnEdges), Entry> _entries = [];
    private int _size;
    private long _uses;

    /// <summary>The columns of a sequence that are known, in order; they do not always follow each other.</summary>
    /// <param name="store">The state in which the chart is located.</param>
    /// <param name="key">The sequence.</param>
    /// <param name="edges">The edges of the columns.</param>
    public IReadOnlyList<IndexedColumn> Find(IStoreReader store, SequenceKey key, ColumnEdges edges)
    {
        long version = store.TreeVersion;
        lock (_lock)
        {
            if (!_entries.TryGetValue((key, edges), out Entry? entry) || entry.TreeVersion > version)
            {
                return [];
            }

            IndexedColumn[] columns = entry.Columns;
            if (entry.TreeVersion < version && store.LowestCount(key, entry.TreeVersion) is { } count)
            {
                columns = [.. columns.TakeWhile(column => column.End < count)];
            }

            Set(key, edges, version, columns);
            return columns;
        }
    }

    /// <summary>Adds the columns of a chart.</summary>
    /// <param name="version">The version of the tree when the chart was located.</param>
    /// <param name="columns">All its columns in order; the first may be cut by the range, and the last may grow.</param>
    public void Keep(SequenceKey key, ColumnEdges edges, long version, IReadOnlyList<IndexedColumn> columns)
    {
        IndexedColumn[] complete = [.. columns.Skip(columns is [{ Start: 0 }, ..] ? 0 : 1).SkipLast(1)];
        if (complete.Length == 0 || complete[^1].End - complete[0].Start < MinCountPerColumn * complete.Length)
        {
            return;
        }

        lock (_lock)
        {
            if (_entries.TryGetValue((key, edges), out Entry? entry) && entry.TreeVersion >= version)
            {
                if (entry.TreeVersion > version)
                {
                    return;
                }

                complete = [.. entry.Columns.TakeWhile(column => column.Start < complete[0].Start), .. complete, .. entry.Columns.SkipWhile(column => column.Start <= complete[^1].Start)];
            }

            Set(key, edges, version, complete);
        }
    }

    private void Set(SequenceKey key, ColumnEdges edges, long version, IndexedColumn[] columns)
    {
        Remove((key, edges));
        _entries.Add((key, edges), new Entry(version, columns, ++_uses));
        _size += SizeOf(columns);
        while (_size > MaxSize)
        {
            Remove(_entries.MinBy(entry => entry.Value.Use).Key);
        }
    }

    private void Remove((SequenceKey, ColumnEdges) key)
    {
        if (_entries.Remove(key, out Entry? entry))
        {
            _size -= SizeOf(entry.Columns);
        }
    }

    private static int SizeOf(IndexedColumn[] columns) => columns.Sum(column => 1 + column.Summary.States!.Length);

    /// <param name="TreeVersion">No truncation is known up to this version.</param>
    /// <param name="Use">Larger for entries that were used later.</param>
    private sealed record Entry(long TreeVersion, IndexedColumn[] Columns, long Use);
}
