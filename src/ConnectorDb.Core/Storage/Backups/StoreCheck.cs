using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Sqlite;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Backups;

/// <summary>Reads a whole store, so that damage is found.</summary>
internal static class StoreCheck
{
    /// <summary>Counts by the index, without reading datapoints.</summary>
    public static StoreCounts Count(IStoreReader store)
    {
        long streams = 0;
        long datapoints = 0;
        foreach (StreamRecord stream in Streams(store))
        {
            streams++;
            datapoints += store.End(stream.KeyOf(downlink: false)).Count + store.End(stream.KeyOf(downlink: true)).Count;
        }

        return new StoreCounts(streams, datapoints);
    }

    /// <summary>Checks the pages of a file that nobody else uses, and decodes all its datapoints, which compares the checksum and the statistics of each segment.</summary>
    /// <exception cref="StoreException">The file is damaged; the message says where.</exception>
    public static StoreCounts Verify(string path, StoreCounts expected, Action<double> progress, CancellationToken cancellation)
    {
        using SqliteSession session = SqliteFile.Open(path, SqliteAccess.ReadUnchanging);
        using (CancellationTokenRegistration stopping = cancellation.Register(session.Interrupt))
        {
            string? fault = session["PRAGMA integrity_check(1)"].First(row => row.Text(0)) is not "ok" and var answer ? answer
                : session["PRAGMA foreign_key_check"].First(row => $"a row of the table {row.Text(0)} belongs to none of {row.Text(2)}");
            if (fault is not null)
            {
                throw new StoreException(StoreFault.Damaged, $"The store is damaged: {fault}. Nothing was written. Use an earlier backup, or save what can be read with the '.recover' command of the sqlite3 shell.", path);
            }
        }

        SqliteState store = new(session);
        long streams = 0;
        long datapoints = 0;
        foreach (StreamRecord stream in Streams(store))
        {
            streams++;
            foreach (bool isDownlink in (ReadOnlySpan<bool>)[false, true])
            {
                foreach (int count in store.Verify(stream.KeyOf(isDownlink)))
                {
                    cancellation.ThrowIfCancellationRequested();
                    datapoints += count;
                    progress(Math.Min(1, (double)datapoints / expected.Datapoints));
                }
            }
        }

        return new StoreCounts(streams, datapoints);
    }

    private static IEnumerable<StreamRecord> Streams(IStoreReader store)
        => store.ListUsers().SelectMany(user => store.ListDevices(user)).SelectMany(device => store.ListStreams(device));
}
