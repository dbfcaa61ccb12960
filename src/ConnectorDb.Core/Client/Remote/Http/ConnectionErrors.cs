using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using UntrustedException = System.Security.Authentication.AuthenticationException;

namespace ConnectorDb.Core.Client.Remote.Http;

/// <summary>Maps connection errors to exceptions with the reason and the next step.</summary>
internal static class ConnectionErrors
{
    /// <summary>True when the server has received nothing of the request.</summary>
    public static bool IsBeforeSending(Exception error) => error is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    /// <summary>True for errors of the connection, as opposed to errors that the server returned.</summary>
    /// <remarks>HttpClient does not wrap the SocketException of a connection that its peer resets at once, seen on the code path of Windows.</remarks>
    public static bool Is(Exception error) => error is HttpRequestException or IOException or TimeoutException or WebSocketException or SocketException;

    public static StoreException ToException(Exception error, Uri server)
    {
        string where = server.GetLeftPart(UriPartial.Authority);
        string why = Find<UntrustedException>(error) is { } untrusted
            ? IsOfCertificate(untrusted)
                ? $"The certificate of '{where}' is not trusted: {untrusted.Message} Give its authority with -CertificateAuthority, or use -SkipCertificateCheck if you know the server."
                : $"'{where}' does not speak https: {untrusted.Message} Try http."
            : error switch
            {
                HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => $"There is no host '{server.Host}'. Check the address.",
                HttpRequestException { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } => $"The proxy for '{where}' requires a login. Give it with -ProxyCredential.",
                HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => $"The proxy blocks the connection to '{where}': {error.Message} Check -Proxy and -ProxyCredential.",
                HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => $"Nothing answers at '{where}': {Ended(error.Message)} Check the address and the proxy, and that the server is running.",
                HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } when server.Scheme == Uri.UriSchemeHttp => $"The connection to '{where}' broke: {Ended(error.Message)} Try again, or use https.",
                TimeoutException => $"'{where}' does not respond: {error.Message}",
                _ => $"The connection to '{where}' broke: {Reason(error)} Try again.",
            };
        return new StoreException(StoreFault.Unreachable, why, where, error);
    }

    private static T? Find<T>(Exception? error)
        where T : Exception
    {
        while (error is not null and not T)
        {
            error = error.InnerException;
        }

        return (T?)error;
    }

    /// <summary>True when the certificate was received and rejected.</summary>
    private static bool IsOfCertificate(UntrustedException error) => error.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase);

    private static string Reason(Exception error) => Ended(error.GetBaseException().Message);

    private static string Ended(string sentence) => sentence.EndsWith('.') ? sentence : sentence + ".";
}
