using System.Runtime.CompilerServices;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Display;

/// <summary>
/// Streams of one listing. The first stream that a table shows requests the counts and newest datapoints of all of them at once;
/// without a table there is no request. The properties of <see cref="CdbStream"/> itself are always current.
/// </summary>
public sealed class StreamListing
{
    private static readonly TimeSpan s_maxAge = TimeSpan.FromSeconds(1);

    private static readonly ConditionalWeakTable<CdbStream, StreamListing> s_listings = [];

    private static int s_changes;

    private readonly ICdbClient _client;
    private readonly CdbPath[] _paths;
    private readonly HashSet<(CdbPath Stream, string Column)> _shown = [];
    private Dictionary<CdbPath, StreamEnd?> _ends = [];
    private long _lastUse;
    private int _changesSeen;

    private StreamListing(ICdbClient client, IReadOnlyList<CdbStream> streams)
    {
        _client = client;
        _paths = [.. streams.Select(stream => stream.GetPath())];
    }

    /// <summary>The end of a stream, for a column of a table; null when the stream is missing.</summary>
    public static StreamEnd? EndFor(string column, CdbStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return s_listings.GetValue(stream, alone => new StreamListing(alone.Client, [alone])).Read(column, stream);
    }

    /// <summary>Marks that this session wrote datapoints, so that the next table makes a new request.</summary>
    internal static void NoteChange() => Interlocked.Increment(ref s_changes);

    /// <summary>Combines streams to one listing.</summary>
    internal static IReadOnlyList<CdbStream> Join(ICdbClient client, IReadOnlyList<CdbStream> streams)
    {
        StreamListing listing = new(client, streams);
        foreach (CdbStream stream in streams)
        {
            s_listings.Add(stream, listing);
        }

        return streams;
    }

    // A table reads each column of a stream once. A second read of the same column belongs to another table, which needs current
    // values, and values that were not read for a while may be outdated.
    private StreamEnd? Read(string column, CdbStream stream)
    {
        CdbPath path = stream.GetPath();
        lock (_shown)
        {
            bool isOld = TimeProvider.System.GetElapsedTime(_lastUse) > s_maxAge || _changesSeen != s_changes;
            if (!_shown.Add((path, column)) || isOld)
            {
                _changesSeen = s_changes;
                IReadOnlyList<StreamEnd?> ends = Await.Result(_client.GetEndsAsync(_paths, CancellationToken.None));
                _ends = _paths.Zip(ends).ToDictionary(pair => pair.First, pair => pair.Second);
                _shown.Clear();
                _shown.Add((path, column));
            }

            _lastUse = TimeProvider.System.GetTimestamp();
            return _ends[path];
        }
    }
}
