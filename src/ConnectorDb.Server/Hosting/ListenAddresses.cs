using System.Net;

namespace ConnectorDb.Server.Hosting;

/// <summary>Where the server listens.</summary>
internal static class ListenAddresses
{
    private const int HighestPort = 65535;

    /// <summary>The addresses of <c>--url</c>, separated by semicolons.</summary>
    /// <exception cref="InvalidValueException">There is none, or one at which nobody can listen.</exception>
    public static string Check(string url)
    {
        string[] addresses = url.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return addresses.Length > 0 && addresses.All(IsAddress)
            ? string.Join(';', addresses)
            : throw new InvalidValueException($"'{url}' is no address to listen at. Give one as http://127.0.0.1:3124: http or https, an IP address of this machine, localhost, or * for all of them, and a port.", url);
    }

    /// <summary>Others than this machine can reach it, and whoever is between reads the keys.</summary>
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
            return address.Scheme is "http" or "https" && (address.IsUnixPipe || address.IsNamedPipe || IsPlace(address));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Of other names than localhost Kestrel would make all addresses of the machine.</summary>
    private static bool IsPlace(BindingAddress address)
        => address.Port is >= 0 and <= HighestPort
           && address.PathBase.Length == 0
           && (address.Host is "*" or "+" || IsLocalhost(address) || IPAddress.TryParse(address.Host.Trim('[', ']'), out _));

    private static bool IsLocalhost(BindingAddress address) => address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
