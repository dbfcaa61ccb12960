using System.Net.WebSockets;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Sockets;
using ConnectorDb.Server.Monitoring;

namespace ConnectorDb.Server.Sockets;

/// <summary>
/// What one client does over its websocket. Each command is answered, by what it led to or why it was refused; a refused
/// one changes nothing, and the next is read.
/// </summary>
internal sealed class SocketSession(ICdbClient client, SocketChannel channel, int subscriptionLimit, Meters meters, TimeProvider time)
{
    private const string Unreadable = "";
    private readonly List<SocketSubscription> _subscriptions = [];

    /// <summary>Until the other side ends, or is cancelled.</summary>
    public async Task RunAsync(CancellationToken closing)
    {
        try
        {
            while (await channel.ReceiveAsync(closing) is { } message)
            {
                await channel.SendAsync(await AnswerAsync(message, closing), closing);
                BeginSubscriptions(closing);
            }
        }
        finally
        {
            await EndAllAsync();
        }

        await channel.CloseAsync(WebSocketCloseStatus.NormalClosure, "", closing);
    }

    private async ValueTask<SocketMessage> AnswerAsync(ReadOnlyMemory<byte> message, CancellationToken closing)
    {
        SocketCommand command = new() { Name = Unreadable };
        try
        {
            command = SocketCommand.Read(message.Span);
            return SocketMessage.Done(command, await FollowAsync(command, closing));
        }
        catch (CdbException error)
        {
            return SocketMessage.Refused(command, Failure.Of(error));
        }
    }

    /// <summary>The answer is the index that a new subscription begins with.</summary>
    private async ValueTask<long?> FollowAsync(SocketCommand command, CancellationToken closing)
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

    /// <summary>One that is there already, with the same path, transform and number, goes on as it is.</summary>
    private async ValueTask<long> SubscribeAsync(SocketCommand command, CancellationToken closing)
    {
        await EndAsync(_subscriptions.Where(subscription => subscription.Running.IsCompleted).ToArray());
        if (_subscriptions.Find(subscription => IsSame(subscription.Command, command)) is { } there)
        {
            return there.Start;
        }

        if (_subscriptions.Count >= subscriptionLimit)
        {
            throw new InvalidValueException($"This websocket has {subscriptionLimit} subscriptions, and may not have more. Unsubscribe some, or open another.", command.Argument);
        }

        SubscriptionQuery query = new(PathOf(command)) { Transform = command.Transform, FromIndex = command.From };
        SocketSubscription subscription = new(command, await client.SubscribeAsync(query, closing), channel, time);
        _subscriptions.Add(subscription);
        meters.SubscriptionsBy(1);
        return subscription.Start;
    }

    /// <summary>Those that were accepted begin when the client has been told.</summary>
    private void BeginSubscriptions(CancellationToken closing)
    {
        foreach (SocketSubscription subscription in _subscriptions.Where(subscription => !subscription.HasBegun))
        {
            subscription.Begin(closing);
        }
    }

    private async ValueTask InsertAsync(SocketCommand command, CancellationToken closing)
    {
        CdbPath path = PathOf(command);
        AppendResult result = await client.AppendAsync(path, command.Points ?? throw new InvalidValueException("An insert needs the datapoints as 'd'.", path), restamp: true, closing);
        meters.Inserted(result.Count);
    }

    private ValueTask EndAllAsync() => EndAsync(_subscriptions.ToArray());

    private async ValueTask EndAsync(IEnumerable<SocketSubscription> ending)
    {
        foreach (SocketSubscription subscription in ending)
        {
            _subscriptions.Remove(subscription);
            meters.SubscriptionsBy(-1);
            await subscription.DisposeAsync();
        }
    }

    private static bool IsSame(SocketCommand one, SocketCommand other)
        => one.Id == other.Id && one.Argument == other.Argument && one.Transform == other.Transform;

    private static CdbPath PathOf(SocketCommand command)
        => CdbPath.Parse(command.Argument ?? throw new InvalidValueException($"The command {command.Name} needs a path as 'arg'.", command.Name));
}
