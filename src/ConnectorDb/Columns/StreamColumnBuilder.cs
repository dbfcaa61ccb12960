using System.Runtime.InteropServices;

namespace ConnectorDb.Columns;

/// <summary>Collects the streams of datapoints. There is no column until a stream is known.</summary>
internal sealed class StreamColumnBuilder
{
    private Dictionary<CdbPath, int>? _indices;
    private CdbPath[] _streams = [];
    private List<int>? _column;
    private IReadOnlyList<CdbPath>? _known;
    private int[] _indicesOfKnown = [];
    private bool _isKnownAsIs;

    /// <param name="stream">The stream of the next datapoint; null when it is not known.</param>
    /// <param name="before">The number of datapoints before it.</param>
    public void Add(CdbPath? stream, int before)
    {
        if (stream is not null || _column is not null)
        {
            Begin(before).Add(stream is null ? StreamColumn.Unknown : IndexOf(stream));
        }
    }

    /// <summary>Adds one stream of the column of a block, if it has one.</summary>
    /// <inheritdoc cref="Add(CdbPath, int)"/>
    public void Add(StreamColumn? from, int index, int before)
    {
        if (from is null)
        {
            Add(null, before);
            return;
        }

        Know(from.Streams);
        Begin(before).Add(OwnIndex(from.Indices.Span[index]));
    }

    /// <summary>Adds a part of the column of a block, if it has one.</summary>
    /// <inheritdoc cref="Add(CdbPath, int)"/>
    public void Add(StreamColumn? from, int start, int count, int before)
    {
        if (from is not null)
        {
            Know(from.Streams);
            List<int> column = Begin(before);
            column.AddRange(from.Indices.Span.Slice(start, count));
            if (!_isKnownAsIs)
            {
                Translate(CollectionsMarshal.AsSpan(column)[before..]);
            }
        }
        else if (_column is not null)
        {
            CollectionsMarshal.SetCount(_column, before + count);
            CollectionsMarshal.AsSpan(_column)[before..].Fill(StreamColumn.Unknown);
        }
    }

    /// <summary>The column so far, if there is one; the builder restarts.</summary>
    public StreamColumn? Build()
    {
        StreamColumn? column = _column is null ? null : new StreamColumn(_streams, _column.ToArray());
        _column = null;
        return column;
    }

    /// <summary>Finds the indices of the streams of a block, once per merge, because its blocks share their list.</summary>
    private void Know(IReadOnlyList<CdbPath> streams)
    {
        if (!ReferenceEquals(streams, _known))
        {
            _indicesOfKnown = streams.Select(IndexOf).ToArray();
            _isKnownAsIs = _indicesOfKnown.AsSpan().SequenceEqual(Enumerable.Range(0, streams.Count).ToArray());
            _known = streams;
        }
    }

    private int OwnIndex(int known) => known == StreamColumn.Unknown ? StreamColumn.Unknown : _indicesOfKnown[known];

    private void Translate(Span<int> indices)
    {
        foreach (ref int index in indices)
        {
            index = OwnIndex(index);
        }
    }

    private int IndexOf(CdbPath stream)
    {
        _indices ??= [];
        if (!_indices.TryGetValue(stream, out int index))
        {
            index = _streams.Length;
            _indices.Add(stream, index);
            _streams = [.. _streams, stream];
        }

        return index;
    }

    private List<int> Begin(int before)
    {
        if (_column is null)
        {
            _column = new List<int>(before + 16);
            CollectionsMarshal.SetCount(_column, before);
            CollectionsMarshal.AsSpan(_column).Fill(StreamColumn.Unknown);
        }

        return _column;
    }
}
