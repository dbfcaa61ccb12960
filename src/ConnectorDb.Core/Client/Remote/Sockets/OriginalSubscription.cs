using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Client.Remote.Sockets;

/// <summary>
/// What must be known before one subscribes at an original server: it answers no command, and a path that is not there
/// makes the whole connection go dead.
/// </summary>
internal static class OriginalSubscription
{
    /// <summary>True when the stream keeps nothing, so that datapoints can only be taken as they pass.</summary>
    /// <exception cref="NotFoundException">The stream is not there, or may not be read.</exception>
    /// <exception cref="ScriptSyntaxException">The transform is no script.</exception>
    public static async ValueTask<bool> CheckAsync(SubscriptionQuery query, ICdbClient client, CancellationToken cancellation)
    {
        CdbStream stream = await client.GetStreamAsync(query.Stream.ToStream(), cancellation).ConfigureAwait(false);
        DataQuery oldest = new(query.Stream) { I1 = 0, I2 = 1, Transform = query.Transform };
        await using IAsyncEnumerator<Columns.Block> blocks = client.ReadAsync(oldest, cancellation).GetAsyncEnumerator(cancellation);
        await blocks.MoveNextAsync().ConfigureAwait(false);
        return stream.Ephemeral;
    }
}
