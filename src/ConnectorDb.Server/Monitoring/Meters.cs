namespace ConnectorDb.Server.Monitoring;

/// <summary>What the server counts of itself.</summary>
internal sealed class Meters
{
    private long _inserted;

    public long Datapoints => Volatile.Read(ref _inserted);

    public void Inserted(long datapoints) => Interlocked.Add(ref _inserted, datapoints);
}
