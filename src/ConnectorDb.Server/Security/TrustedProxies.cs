using System.Net;
using ConnectorDb.Server.Hosting;
using Microsoft.AspNetCore.HttpOverrides;

namespace ConnectorDb.Server.Security;

/// <summary>
/// Behind a proxy all callers come from its address, and by http. Of the proxies that the settings name, and of no others, the server
/// believes who really calls, so that one who guesses passwords does not lock out all.
/// </summary>
internal static class TrustedProxies
{
    /// <exception cref="InvalidValueException">What is in the settings is no address.</exception>
    public static void UseTrustedProxies(this IApplicationBuilder application)
    {
        string[] proxies = application.ApplicationServices.GetRequiredService<ServerOptions>().Proxies.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (proxies.Length == 0)
        {
            return;
        }

        ForwardedHeadersOptions options = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        foreach (string proxy in proxies)
        {
            options.KnownProxies.Add(IPAddress.TryParse(proxy, out IPAddress? address)
                ? address
                : throw new InvalidValueException($"'{proxy}' in --proxies is no IP address.", proxy));
        }

        application.UseForwardedHeaders(options);
    }
}
