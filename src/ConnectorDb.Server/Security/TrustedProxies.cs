using System.Net;
using ConnectorDb.Server.Options;
using Microsoft.AspNetCore.HttpOverrides;

namespace ConnectorDb.Server.Security;

/// <summary>Takes the address, scheme and path prefix of a request from the forwarded headers of the proxies that the settings name.</summary>
/// <remarks>Without this, all callers behind a proxy would share its address, and one that guesses passwords would lock out all of them.</remarks>
internal static class TrustedProxies
{
    /// <exception cref="InvalidValueException">The settings contain an invalid address.</exception>
    public static void UseTrustedProxies(this IApplicationBuilder application)
    {
        string[] proxies = application.ApplicationServices.GetRequiredService<ServerOptions>().Proxies.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (proxies.Length == 0)
        {
            return;
        }

        ForwardedHeadersOptions options = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix };
        options.KnownProxies.Clear();
        foreach (string proxy in proxies)
        {
            options.KnownProxies.Add(IPAddress.TryParse(proxy, out IPAddress? address)
                ? address
                : throw new InvalidValueException($"'{proxy}' in --proxies is not an IP address.", proxy));
        }

        application.UseForwardedHeaders(options);
    }
}
