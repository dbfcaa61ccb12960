using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Testing.Clients;

/// <summary>Reads a subscription as a test asks for more.</summary>
public sealed class Follower(ISubscription subscription) : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly IAsyncEnumerator<Block> _batches = subscription.ReadAsync(Some.NoToken).GetAsyncEnumerator();
    private Task<bool>? _next;

    public ISubscription Subscription { get; } = subscription;

    /// <summary>Starts to wait, if it does not yet; true when something is there already.</summary>
    public bool IsServed
    {
        get
        {
            _next ??= _batches.MoveNextAsync().AsTask();
            return _next.IsCompleted;
        }
    }

    /// <summary>The next batch; null when the subscription is over.</summary>
    public async Task<Block?> Batch()
    {
        _next ??= _batches.MoveNextAsync().AsTask();
        bool isThere = await _next.WaitAsync(s_patience);
        _next = null;
        return isThere ? _batches.Current : null;
    }

    /// <summary>The next datapoints, at least so many.</summary>
    public async Task<List<Datapoint>> Take(int count)
    {
        List<Datapoint> points = [];
        while (points.Count < count)
        {
            points.AddRange(Some.Points([await Batch() ?? throw new InvalidOperationException("The subscription is over.")]));
        }

        return points;
    }

    public async ValueTask DisposeAsync()
    {
        await Subscription.DisposeAsync();
        if (_next is not null)
        {
            await Task.WhenAny(_next);
        }

        await _batches.DisposeAsync();
    }
}
