using System.Collections.Concurrent;

namespace ConnectorDb.Core.Influx;

/// <summary>The series of earlier bodies by the bytes of their keys, so that most keys need not be parsed. It is emptied when it has grown too large.</summary>
public sealed class SeriesCache
{
    private const int MaxCount = 100_000;
    private const long MaxBytes = 8 << 20;

    private readonly ConcurrentDictionary<byte[], SeriesKey> _series = new(ByteNames.Comparer);
    private readonly ConcurrentDictionary<byte[], SeriesKey>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;
    private long _count;
    private long _bytes;

    public SeriesCache() => _byBytes = _series.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <inheritdoc cref="SeriesKey.Parse"/>
    internal SeriesKey? Parse(ReadOnlySpan<byte> raw, out string? fault)
    {
        fault = null;
        if (_byBytes.TryGetValue(raw, out SeriesKey? known))
        {
            return known;
        }

        if (SeriesKey.Parse(raw, out fault) is not { } series)
        {
            return null;
        }

        if (Interlocked.Increment(ref _count) > MaxCount | Interlocked.Add(ref _bytes, raw.Length) > MaxBytes)
        {
            _series.Clear();
            Volatile.Write(ref _count, 1);
            Volatile.Write(ref _bytes, raw.Length);
        }

        _byBytes[raw] = series;
        return series;
    }
}
