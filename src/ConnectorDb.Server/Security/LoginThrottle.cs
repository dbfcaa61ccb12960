using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ConnectorDb.Server.Hosting;

namespace ConnectorDb.Server.Security;

/// <summary>
/// Counts the failed logins of each address within a minute, and refuses an address that has too many. Each kind of proof
/// has a count of its own, so that a device with an old key does not lock out the people beside it.
/// </summary>
internal sealed class LoginThrottle(ServerOptions options, TimeProvider time)
{
    private const int MostKept = 10_000;
    private const int NetworkBytes = 8;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(IPAddress Network, Proof Kind), Failures> _failures = new();

    public void Count(IPAddress? address, Proof kind)
    {
        if (_failures.Count >= MostKept)
        {
            Forget();
        }

        long now = time.GetTimestamp();
        _failures.AddOrUpdate(
            (Network(address), kind),
            _ => new Failures(now, 1),
            (_, old) => IsOver(old) ? new Failures(now, 1) : old with { Number = old.Number + 1 });
    }

    /// <exception cref="TooManyFailuresException">The address has failed too often.</exception>
    public void Check(IPAddress? address, Proof kind)
    {
        if (_failures.TryGetValue((Network(address), kind), out Failures? failures) && failures.Number > options.LoginFailures && !IsOver(failures))
        {
            throw new TooManyFailuresException(s_window - time.GetElapsedTime(failures.Since));
        }
    }

    private bool IsOver(Failures failures) => time.GetElapsedTime(failures.Since) >= s_window;

    /// <summary>Drops the minutes that are over; when that is not enough, somebody has many addresses, and all are dropped.</summary>
    private void Forget()
    {
        foreach (((IPAddress, Proof) failing, Failures failures) in _failures)
        {
            if (IsOver(failures))
            {
                _failures.TryRemove(failing, out _);
            }
        }

        if (_failures.Count >= MostKept)
        {
            _failures.Clear();
        }
    }

    /// <summary>Of IPv6 the network: one household has all addresses in it.</summary>
    private static IPAddress Network(IPAddress? address)
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
