using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Testing.Clients;

/// <summary>The behaviour of every client, over any database. Derived classes open one as an administrator.</summary>
public abstract partial class ClientSuite : IAsyncLifetime
{
    private static int s_names;

    protected ICdbClient Client { get; private set; } = null!;

    /// <summary>True when a repeated idempotency key is recognized.</summary>
    protected virtual bool KeepsIdentities => true;

    /// <summary>True when transforms and merges keep the origin of a datapoint, and merges name its stream, which ConnectorDB 0.3 does not.</summary>
    protected virtual bool NamesSources => true;

    /// <summary>Waits until the database follows so many subscriptions, where the client is not told that it does.</summary>
    protected virtual Task FollowedAsync(int subscriptions) => Task.CompletedTask;

    /// <summary>An administrator's <c>user</c> device.</summary>
    protected abstract Task<ICdbClient> OpenAsync();

    public async Task InitializeAsync() => Client = await OpenAsync();

    public async Task DisposeAsync() => await Client.DisposeAsync();

    /// <summary>A name that nothing has yet, also in a database that was there before.</summary>
    protected static string NewName(string start) => $"{start}-{Environment.ProcessId:x}-{Interlocked.Increment(ref s_names):x}";

    protected CdbPath NewPath() => Client.Identity.Child(NewName("s"));

    protected async Task<CdbPath> NewStream(StreamDefinition? definition = null)
        => (await Client.CreateStreamAsync(NewPath(), definition ?? new StreamDefinition(), Some.NoToken)).GetPath();

    /// <summary>Ten datapoints with the values and times 10, 20, …, 100.</summary>
    protected async Task<CdbPath> TenPoints()
    {
        CdbPath stream = await NewStream();
        double[] times = [.. Enumerable.Range(1, 10).Select(i => i * 10.0)];
        await Client.AppendAsync(stream, new Block(times, new NumberColumn(times)), false, Some.NoToken);
        return stream;
    }

    protected async Task<List<Datapoint>> Read(DataQuery query) => await Some.Points(Client.ReadAsync(query, Some.NoToken));

    protected async Task<string> Times(DataQuery query) => string.Join(' ', (await Read(query)).Select(point => point.T.ToString(CultureInfo.InvariantCulture)));

    protected static async Task<List<T>> All<T>(IAsyncEnumerable<T> items)
    {
        List<T> all = [];
        await foreach (T item in items)
        {
            all.Add(item);
        }

        return all;
    }

    protected static Block Points(params (double T, string Json)[] points)
    {
        BlockBuilder builder = new();
        foreach ((double t, string json) in points)
        {
            builder.Add(t, DataValue.Parse(json));
        }

        return builder.Build();
    }
}
