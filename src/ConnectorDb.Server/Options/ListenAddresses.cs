using System.Net;

namespace ConnectorDb.Server.Options;

/// <summary>The addresses at which the server listens.</summary>
internal static class ListenAddresses
{
    private const int HighestPort = 65535;

    /// <summary>Validates the addresses of <c>--url</c>, separated by semicolons.</summary>
    /// <exception cref="InvalidValueException">There is no address, or an invalid one.</exception>
    public static string Check(string url)
    {
        string[] addresses = url.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return addresses.Length > 0 && addresses.All(IsAddress)
            ? string.Join(';', addresses)
            : throw new InvalidValueException($"'{url}' is not an address to listen at. Write it as http://127.0.0.1:3124: http or https, then an IP address of this machine, localhost, or * for all addresses, then a port.", url);
    }

    /// <summary>Other machines can reach the address, and the traffic is not encrypted.</summary>
    public static bool IsOpenAndPlain(BindingAddress address)
        => !address.IsUnixPipe
           && !address.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase)
           && !IsLocalhost(address)
           && !(IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));

    private static bool IsAddress(string text)
    {
        try
        {
            BindingAddress address = BindingAddress.Parse(text);
            return address.Scheme is "http" or "https" && (address.IsUnixPipe || address.IsNamedPipe || IsHostAndPort(address));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // Other host names are refused, because Kestrel would silently listen at all addresses of the machine.
    private static bool IsHostAndPort(BindingAddress address)
        => address.Port is >= 0 and <= HighestPort
           && address.PathBase.Length == 0
           && (address.Host is "*" or "+" || IsLocalhost(address) || IPAddress.TryParse(address.Host.Trim('[', ']'), out _));

    private static bool IsLocalhost(BindingAddress address) => address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
