using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote.Sockets;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Core.Client.Remote.ConnectorDb03;

/// <summary>A subscription at a ConnectorDB 0.3 server, which has no ids for subscriptions and does not answer commands.</summary>
/// <remarks>
/// A message only signals that there are new datapoints, which are then read by index, through the transform. An ephemeral stream has no
/// indices, so its messages are delivered as they come.
/// </remarks>
internal sealed class ConnectorDb03Subscription : RemoteSubscription
{
    /// <summary>The time after which a command has certainly taken effect.</summary>
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(500);

    private readonly RemoteOptions _settings;

    private ConnectorDb03Subscription(SubscriptionQuery query, SocketConnection socket, ICdbClient client, RemoteOptions settings, bool isEphemeral)
        : base(query, socket, client, settings, isEphemeral) => _settings = settings;

    /// <summary>Creates a subscription after checking the stream and the transform, because the server breaks the websocket when one is invalid.</summary>
    /// <param name="check">Sends a query whose results are of no interest.</param>
    /// <exception cref="NotFoundException">The stream does not exist or may not be read.</exception>
    /// <exception cref="ScriptSyntaxException">The transform is not a valid script.</exception>
    public static async ValueTask<RemoteSubscription> CreateAsync(SubscriptionQuery query, SocketConnection socket, ICdbClient client, RemoteOptions settings, Func<DataQuery, CancellationToken, ValueTask> check, CancellationToken cancellation)
    {
        CdbStream stream = await client.GetStreamAsync(query.Stream.ToStream(), cancellation).ConfigureAwait(false);
        await check(new DataQuery(query.Stream) { Transform = query.Transform }, cancellation).ConfigureAwait(false);
        return new ConnectorDb03Subscription(query, socket, client, settings, stream.Ephemeral);
    }

    public override SocketCommand Command(string name)
        => base.Command(name) with { Transform = IsEphemeral ? Query.Transform : null, Id = null };

    /// <summary>True when one command subscribes both: the server knows only stream and transform.</summary>
    public override bool SharesCommand(RemoteSubscription other)
        => other.Query.Stream == Query.Stream && other.Command("").Transform == Command("").Transform;

    private protected override async Task<long?> AcceptedIndexAsync(CancellationToken cancellation)
    {
        await Task.Delay(s_settling, _settings.Time, cancellation).ConfigureAwait(false);
        return null;
    }
}
