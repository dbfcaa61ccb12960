using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Security;

/// <summary>Counts the failed logins of each address within a minute, and refuses an address with too many.</summary>
/// <remarks>Each kind of credential has its own count, so that a device with an outdated key does not lock out people behind the same address.</remarks>
internal sealed class LoginThrottle(ServerOptions options, TimeProvider time)
{
    private const int MaxEntries = 10_000;
    private const int NetworkBytes = 8;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(IPAddress Network, CredentialKind Kind), Failures> _failures = new();

    /// <summary>Counts a failed login. The result is the refusal when there were too many before it; null when not.</summary>
    public TooManyLoginFailuresException? Count(IPAddress? address, CredentialKind kind)
    {
        if (_failures.Count >= MaxEntries)
        {
            Evict();
        }

        long now = time.GetTimestamp();
        return RefusalFor(_failures.AddOrUpdate(
            (Network(address), kind),
            _ => new Failures(now, 1),
            (_, old) => IsExpired(old) ? new Failures(now, 1) : old with { Number = old.Number + 1 }));
    }

    /// <exception cref="TooManyLoginFailuresException">Too many logins from this address failed.</exception>
    public void Check(IPAddress? address, CredentialKind kind)
    {
        if (_failures.TryGetValue((Network(address), kind), out Failures? failures) && RefusalFor(failures) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>The failed logins from this network within the last minute.</summary>
    public int FailuresOf(IPAddress network, CredentialKind kind)
        => _failures.TryGetValue((network, kind), out Failures? failures) && !IsExpired(failures) ? failures.Number : 0;

    private TooManyLoginFailuresException? RefusalFor(Failures failures)
        => failures.Number > options.LoginFailures && !IsExpired(failures)
            ? new TooManyLoginFailuresException("from this address", s_window - time.GetElapsedTime(failures.Since))
            : null;

    private bool IsExpired(Failures failures) => time.GetElapsedTime(failures.Since) >= s_window;

    /// <summary>Removes expired entries. When that is not enough, the attacker uses very many addresses, and all entries are removed to bound the memory.</summary>
    private void Evict()
    {
        foreach (((IPAddress, CredentialKind) failing, Failures failures) in _failures)
        {
            if (IsExpired(failures))
            {
                _failures.TryRemove(failing, out _);
            }
        }

        if (_failures.Count >= MaxEntries)
        {
            _failures.Clear();
        }
    }

    /// <summary>The IPv4 address, or the /64 network of an IPv6 address: one household owns all addresses in it.</summary>
    public static IPAddress Network(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6 || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.MapToIPv4();
        }

        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }

    private sealed record Failures(long Since, int Number);
}
