using UntrustedException = System.Security.Authentication.AuthenticationException;

namespace ConnectorDb.Core.Sinks.Http;

/// <summary>Describes why a service cannot be reached, with advice.</summary>
internal static class Unreachable
{
    public static string Describe(HttpRequestException error, string name, Uri address)
    {
        string server = address.GetLeftPart(UriPartial.Authority);
        return error.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => $"{name} cannot be reached: there is no host '{address.Host}'. Check the address.",
            HttpRequestError.ConnectionError => $"{name} cannot be reached: {Reason(error)} Check the address and the port, and that the service is running.",
            HttpRequestError.ProxyTunnelError => $"{name} cannot be reached: the proxy does not let the connection through: {Reason(error)}",
            HttpRequestError.SecureConnectionError when error.InnerException is UntrustedException untrusted && IsOfCertificate(untrusted) => $"The certificate of {server} is not trusted: {OfCertificate(untrusted.Message)}",
            HttpRequestError.SecureConnectionError => $"{server} does not speak https: {Reason(error)} Use an address with http:// if the network is trusted.",
            HttpRequestError.ResponseEnded when address.Scheme == Uri.UriSchemeHttp => $"The connection to {server} ended without a response. If the server expects https, use an address with https://.",
            HttpRequestError.InvalidResponse when address.Scheme == Uri.UriSchemeHttp => $"{server} answers with something that is no HTTP. If it expects https, use an address with https://.",
            _ => $"{name} cannot be reached: {Reason(error)}",
        };
    }

    private static bool IsOfCertificate(UntrustedException error) => error.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase);

    private static string OfCertificate(string message) => message switch
    {
        _ when message.Contains("NotTimeValid", StringComparison.Ordinal) => "it has expired or is not valid yet. Renew it, and check the clock of this machine.",
        _ when message.Contains("NameMismatch", StringComparison.Ordinal) => "it is for another host name. Use the name in the certificate as the address.",
        _ when message.Contains("UntrustedRoot", StringComparison.Ordinal) || message.Contains("PartialChain", StringComparison.Ordinal) => "this machine does not know its authority. Add the certificate of the authority to the trusted certificates of this machine.",
        _ => message,
    };

    private static string Reason(HttpRequestException error) => $"{(error.InnerException ?? error).Message.TrimEnd('.')}.";
}
