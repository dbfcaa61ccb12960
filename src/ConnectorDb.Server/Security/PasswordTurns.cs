using System.Net;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Server.Security;

/// <summary>
/// Decides whose password is checked next. Each account and each network has one check at a time, so that many at once do not pass a limit before
/// it counts. The network with the fewest failures comes first, so that a person does not wait behind the guesses of others.
/// </summary>
internal sealed class PasswordTurns(LoginThrottle throttle)
{
    private readonly Lock _lock = new();
    private readonly HashSet<object> _busy = [];

    /// <summary>The newest first: under a flood, the oldest belong to the flood, or to callers that have left.</summary>
    private readonly LinkedList<Turn> _waiting = [];

    private int _hashing;

    /// <summary>Waits for a turn, which ends with the disposal of the result.</summary>
    /// <param name="account">The account, or the part of it that counts its own failures.</param>
    /// <param name="address">The address of the caller.</param>
    /// <param name="hashes">False for a password that was right before, and costs no hash.</param>
    /// <param name="cancellation">The caller has left.</param>
    public async ValueTask<IDisposable> WaitAsync((string Name, IPAddress Network) account, IPAddress? address, bool hashes, CancellationToken cancellation)
    {
        Turn turn = new(this, account, LoginThrottle.Network(address), hashes);
        lock (_lock)
        {
            if (!TryBegin(turn))
            {
                _waiting.AddFirst(turn);
            }
        }

        await using CancellationTokenRegistration leaving = cancellation.Register(() => Leave(turn, cancellation));
        await turn.Begun.Task;
        return turn;
    }

    private void Leave(Turn turn, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_waiting.Remove(turn))
            {
                turn.Begun.SetCanceled(cancellation);
            }
        }
    }

    private bool TryBegin(Turn turn)
    {
        if (!CanBegin(turn))
        {
            return false;
        }

        _busy.Add(turn.Account);
        _busy.Add(turn.Network);
        _hashing += turn.Hashes ? 1 : 0;
        turn.Begun.SetResult();
        return true;
    }

    private bool CanBegin(Turn turn) => !_busy.Contains(turn.Account) && !_busy.Contains(turn.Network) && (!turn.Hashes || _hashing < PasswordHash.MaxAtOnce);

    private void End(Turn turn)
    {
        lock (_lock)
        {
            _busy.Remove(turn.Account);
            _busy.Remove(turn.Network);
            _hashing -= turn.Hashes ? 1 : 0;
            while (_waiting.Where(CanBegin).MinBy(next => throttle.FailuresOf(next.Network, CredentialKind.Password)) is { } next)
            {
                _waiting.Remove(next);
                TryBegin(next);
            }
        }
    }

    private sealed class Turn(PasswordTurns turns, object account, IPAddress network, bool hashes) : IDisposable
    {
        public object Account => account;

        public IPAddress Network => network;

        public bool Hashes => hashes;

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Dispose() => turns.End(this);
    }
}
