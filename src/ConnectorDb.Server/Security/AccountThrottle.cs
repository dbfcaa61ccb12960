using System.Collections.Concurrent;
using System.Net;
using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Security;

/// <summary>Slows down guesses at the password of one account, from however many addresses they come: after each failure the next attempt has to wait twice as long.</summary>
/// <remarks>
/// API keys and sessions are not affected, nor are networks that have logged in to the account before: they have a count of their own, so that strangers
/// cannot keep the owner waiting. Names without an account are treated in the same way, so that the answer does not tell them apart.
/// </remarks>
internal sealed class AccountThrottle(ServerOptions options, TimeProvider time)
{
    private const int MaxEntries = 10_000;
    private const int MaxDoublings = 20;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(5);

    /// <summary>Failures are forgotten after this time without another.</summary>
    private static readonly TimeSpan s_memory = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Account, IPAddress Network), Failures> _failures = new();

    /// <exception cref="TooManyLoginFailuresException">Too many logins to this account failed, and the wait is not over.</exception>
    public void Check(string account, IPAddress? address)
    {
        if (_failures.TryGetValue(Key(account, address), out Failures? failures) && failures.Number >= options.AccountFailures)
        {
            TimeSpan left = WaitAfter(failures.Number) - time.GetElapsedTime(failures.Last);
            if (left > TimeSpan.Zero)
            {
                throw new TooManyLoginFailuresException("to this account", left);
            }
        }
    }

    public void CountFailure(string account, IPAddress? address)
    {
        if (_failures.Count >= MaxEntries)
        {
            Evict();
        }

        long now = time.GetTimestamp();
        _failures.AddOrUpdate(
            Key(account, address),
            _ => new Failures(1, now),
            (_, old) => new Failures(time.GetElapsedTime(old.Last) > s_memory ? 1 : old.Number + 1, now));
    }

    /// <summary>The network is known from now on.</summary>
    public void CountSuccess(string account, IPAddress? address)
    {
        if (_failures.Count >= MaxEntries)
        {
            Evict();
        }

        _failures[(account.ToUpperInvariant(), LoginThrottle.Network(address))] = new Failures(0, time.GetTimestamp());
    }

    /// <summary>The name of a count of failures: a known network has its own, and all strangers have one together.</summary>
    public (string Account, IPAddress Network) Key(string account, IPAddress? address)
    {
        (string, IPAddress) known = (account.ToUpperInvariant(), LoginThrottle.Network(address));
        return _failures.ContainsKey(known) ? known : (known.Item1, IPAddress.Any);
    }

    private TimeSpan WaitAfter(int failures)
    {
        TimeSpan wait = TimeSpan.FromSeconds(1L << Math.Min(failures - options.AccountFailures, MaxDoublings));
        return wait < s_longestWait ? wait : s_longestWait;
    }

    /// <summary>Removes old entries; all of them when an attacker tries very many names, to bound the memory.</summary>
    private void Evict()
    {
        foreach (((string, IPAddress) key, Failures failures) in _failures)
        {
            if (time.GetElapsedTime(failures.Last) > s_memory)
            {
                _failures.TryRemove(key, out _);
            }
        }

        if (_failures.Count >= MaxEntries)
        {
            _failures.Clear();
        }
    }

    private sealed record Failures(int Number, long Last);
}
