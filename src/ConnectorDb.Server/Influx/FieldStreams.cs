using System.Collections.Concurrent;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Influx;

namespace ConnectorDb.Server.Influx;

/// <summary>The streams of fields that were written before, so that they need not be looked up. A stream that was deleted since is found missing by the append.</summary>
internal sealed class FieldStreams(CdbEngine engine)
{
    private const int MostKept = 200_000;

    private readonly ConcurrentDictionary<(long Device, FieldKey Key), FieldStream> _known = new();
    private int _count;

    public IReadOnlyList<FieldStream> Open(Login login, IReadOnlyList<FieldValues> fields, CancellationToken cancellation)
    {
        FieldStream?[] streams = [.. fields.Select(field => Known(login, field))];
        int[] missing = [.. Enumerable.Range(0, streams.Length).Where(i => streams[i] is null)];
        if (missing.Length > 0)
        {
            IReadOnlyList<FieldStream> opened = engine.OpenFields(login, [.. missing.Select(i => (fields[i].Key, fields[i].Kind))], cancellation);
            for (int i = 0; i < missing.Length; i++)
            {
                streams[missing[i]] = opened[i];
                Keep(login, fields[missing[i]].Key, opened[i]);
            }
        }

        return streams!;
    }

    public void Forget(Login login, FieldKey key) => _known.TryRemove((login.DeviceId, key), out _);

    /// <summary>Null also for values of another kind than the stream had: it may have been deleted since, and then they decide the kind of a new one.</summary>
    private FieldStream? Known(Login login, FieldValues field)
        => _known.TryGetValue((login.DeviceId, field.Key), out FieldStream? known) && (known.Kind is not { } kind || field.Others(kind).Count == 0) ? known : null;

    private void Keep(Login login, FieldKey key, FieldStream stream)
    {
        if (stream.Path is null)
        {
            return;
        }

        if (Interlocked.Increment(ref _count) > MostKept)
        {
            _known.Clear();
            Volatile.Write(ref _count, 1);
        }

        _known[(login.DeviceId, key)] = stream;
    }
}
