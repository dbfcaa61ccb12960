using System.Net.WebSockets;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Sockets;
using ConnectorDb.Server.Metrics;

namespace ConnectorDb.Server.WebSockets;

/// <summary>Executes and answers the commands of one client. A refused command changes nothing and does not end the connection.</summary>
internal sealed class WebSocketSession(ICdbClient client, WebSocketChannel channel, int subscriptionLimit, ServerMetrics metrics, TimeProvider time)
{
    private const string NotParsed = "";
    private readonly List<WebSocketSubscription> _subscriptions = [];

    /// <summary>Runs until the client closes the connection or <paramref name="closing"/> is cancelled.</summary>
    public async Task RunAsync(CancellationToken closing)
    {
        try
        {
            while (await channel.ReceiveAsync(closing) is { } message)
            {
                await channel.SendAsync(await ExecuteAsync(message, closing), closing);
                BeginSubscriptions(closing);
            }
        }
        finally
        {
            await EndAllAsync();
        }

        await channel.CloseAsync(WebSocketCloseStatus.NormalClosure, "", closing);
    }

    private async ValueTask<SocketMessage> ExecuteAsync(ReadOnlyMemory<byte> message, CancellationToken closing)
    {
        SocketCommand command = new() { Name = NotParsed };
        try
        {
            command = SocketCommand.Read(message.Span);
            return SocketMessage.Done(command, await ExecuteAsync(command, closing));
        }
        catch (CdbException error)
        {
            return SocketMessage.Refused(command, Failure.Of(error));
        }
    }

    /// <summary>Returns the start index of a new subscription, null for other commands.</summary>
    private async ValueTask<long?> ExecuteAsync(SocketCommand command, CancellationToken closing)
    {
        switch (command.Name)
        {
            case SocketCommand.Subscribe:
                return await SubscribeAsync(command, closing);
            case SocketCommand.Unsubscribe:
                await EndAsync(_subscriptions.Where(subscription => IsSame(subscription.Command, command)).ToArray());
                return null;
            case SocketCommand.UnsubscribeAll:
                await EndAllAsync();
                return null;
            case SocketCommand.Insert:
                await InsertAsync(command, closing);
                return null;
            default:
                throw new InvalidValueException($"There is no command '{command.Name}'. The commands are subscribe, unsubscribe, unsubscribe_all and insert.", command.Name);
        }
    }

    /// <summary>A repeat with the same path, transform and id continues the existing subscription.</summary>
    private async ValueTask<long> SubscribeAsync(SocketCommand command, CancellationToken closing)
    {
        await EndAsync(_subscriptions.Where(subscription => subscription.Running.IsCompleted).ToArray());
        if (_subscriptions.Find(subscription => IsSame(subscription.Command, command)) is { } existing)
        {
            return existing.Start;
        }

        if (_subscriptions.Count >= subscriptionLimit)
        {
            throw new InvalidValueException($"This websocket has {CountText.Of(subscriptionLimit, "subscription")}, which is the maximum (--subscription-limit). Unsubscribe some, or open another websocket.", command.Argument);
        }

        CdbPath path = PathOf(command);

        // As in queries, a negative index counts from the end: the newest datapoint and all that follow take one command.
        long? from = command.From < 0 ? Math.Max(0, await client.CountAsync(path, closing) + command.From.Value) : command.From;
        SubscriptionQuery query = new(path) { Transform = command.Transform, FromIndex = from };
        WebSocketSubscription subscription = new(command, await client.SubscribeAsync(query, closing), channel, time);
        _subscriptions.Add(subscription);
        metrics.AddSubscriptions(1);
        return subscription.Start;
    }

    // New subscriptions begin after the answer is sent, so that a client never receives data before the answer with the start index.
    private void BeginSubscriptions(CancellationToken closing)
    {
        foreach (WebSocketSubscription subscription in _subscriptions.Where(subscription => !subscription.HasBegun))
        {
            subscription.Begin(closing);
        }
    }

    private async ValueTask InsertAsync(SocketCommand command, CancellationToken closing)
    {
        CdbPath path = PathOf(command);
        AppendResult result = await client.AppendAsync(path, command.Points ?? throw new InvalidValueException("An insert needs the datapoints as 'd'.", path), restamp: true, closing);
        metrics.AddInserted(result.Count);
    }

    private ValueTask EndAllAsync() => EndAsync(_subscriptions.ToArray());

    private async ValueTask EndAsync(IEnumerable<WebSocketSubscription> ending)
    {
        foreach (WebSocketSubscription subscription in ending)
        {
            _subscriptions.Remove(subscription);
            metrics.AddSubscriptions(-1);
            await subscription.DisposeAsync();
        }
    }

    private static bool IsSame(SocketCommand one, SocketCommand other)
        => one.Id == other.Id && one.Argument == other.Argument && one.Transform == other.Transform;

    private static CdbPath PathOf(SocketCommand command)
        => CdbPath.Parse(command.Argument ?? throw new InvalidValueException($"The command {command.Name} needs a path as 'arg'.", command.Name));
}
