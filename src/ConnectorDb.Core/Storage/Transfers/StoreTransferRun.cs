using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Backups;

namespace ConnectorDb.Core.Storage.Transfers;

/// <summary>
/// Copies users, devices, streams and datapoints from one store to another, while programs use the source. A copy that ended
/// early goes on, and a later one adds the datapoints that are new. Each stream is as it was at one moment, and the streams one after the other.
/// </summary>
internal sealed class StoreTransferRun
{
    private readonly IStore _from;
    private readonly IStore _to;
    private readonly Action<double> _progress;
    private readonly ITransferMark _mark;
    private readonly CancellationToken _cancellation;
    private long _expected;
    private long _done;

    /// <param name="from">The store.</param>
    /// <param name="to">The copy.</param>
    /// <param name="mark">The mark of the copy.</param>
    /// <param name="progress">Receives the part that is done, 0 to 1.</param>
    /// <param name="cancellation">Ends the copy.</param>
    public StoreTransferRun(IStore from, IStore to, ITransferMark mark, Action<double> progress, CancellationToken cancellation)
    {
        _from = from;
        _to = to;
        _mark = mark;
        _progress = progress;
        _cancellation = cancellation;
    }

    /// <param name="keyFolder">The folder of the secrets that encrypt API keys, one file per store; null for that of the account.</param>
    /// <exception cref="InvalidValueException">The destination is the source, or has something that is not of it.</exception>
    public StoreTransfer Run(string? keyFolder)
    {
        TransferCheck.Run(_from, _to, _cancellation);

        // An earlier copy stays usable when a later one is stopped: it lacks only what is new.
        if (!_to.Read(copy => copy.ListUsers().Any(), _cancellation))
        {
            _mark.Set(_from.Location);
        }

        // Keys are encrypted with the secret of their store; the copy can show them with the same one.
        KeyFileOf(_to, keyFolder).Adopt(KeyFileOf(_from, keyFolder));
        _expected = _from.Read(StoreCheck.Count, _cancellation).Datapoints;
        long streams = 0;
        long datapoints = 0;
        long copied = 0;
        foreach (StreamPair stream in new TreeTransfer(_from, _to, _cancellation).Run())
        {
            streams++;
            foreach (bool isDownlink in (ReadOnlySpan<bool>)[false, true])
            {
                SequenceTransfer sequence = new(_from, _to, stream, isDownlink, Reach, _cancellation);
                datapoints += sequence.Run();
                copied += sequence.Copied;
            }
        }

        _mark.Remove();
        return new StoreTransfer(_to.Location, _from.Location, streams, datapoints, copied);
    }

    private static KeyFile KeyFileOf(IStore store, string? keyFolder) => new(Path.Combine(keyFolder ?? UserFolder.KeyFolder, $"{store.Id:N}.key"));

    /// <summary>Each datapoint is counted twice: when it is there, and when it was compared.</summary>
    private void Reach(long datapoints)
    {
        _done += datapoints;
        _progress(_expected == 0 ? 1 : Math.Min(1, _done / 2.0 / _expected));
    }
}
