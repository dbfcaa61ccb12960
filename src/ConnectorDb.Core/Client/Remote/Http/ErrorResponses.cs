using System.Net;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Core.Client.Remote.Http;

/// <summary>Reads error responses and maps them to exceptions.</summary>
internal static class ErrorResponses
{
    private const int LongestText = 200;

    /// <summary>The exception of an error response, by its kind or, from a ConnectorDB 0.3 server, by its text.</summary>
    public static async Task<CdbException> ReadAsync(HttpResponseMessage answer, RestRequest request, CancellationToken cancellation)
    {
        byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        Failure failure = Read(body, (int)answer.StatusCode);
        return failure.ToException(request.About) ?? ConnectorDb03Errors.ExceptionOf(failure with { Status = (int)answer.StatusCode }, request);
    }

    /// <summary>The error for a response that cannot be parsed.</summary>
    public static StoreException Invalid(object? about, Exception? cause = null)
        => new(StoreFault.Failed, $"The response of the server about '{about}' is invalid. Check that a ConnectorDB server runs at this address. {cause?.Message}".TrimEnd(), about, cause);

    public static bool IsRedirect(HttpResponseMessage answer) => (int)answer.StatusCode is >= 300 and < 400;

    /// <summary>The error for a redirect, with its address but without a login or query in it.</summary>
    public static StoreException Redirect(HttpResponseMessage answer, Uri server)
    {
        string where = server.GetLeftPart(UriPartial.Authority);
        string target = answer.Headers.Location is { } location
            ? $" to '{new Uri(server, location).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}'"
            : "";
        return new StoreException(StoreFault.Unreachable, $"'{where}' redirects{target} ({(int)answer.StatusCode}). Redirects are not followed, so that no key and no data reach another server. Connect to the address of the server itself; if a network asks for a login, log in there first.", where);
    }

    private static Failure Read(byte[] body, int status)
    {
        try
        {
            Failure failure = Failure.Read(JsonFields.Parse(body));
            return string.IsNullOrWhiteSpace(failure.Message) ? failure with { Message = StatusText(status) } : failure;
        }
        catch (Exception error) when (error is InvalidValueException or InvalidNameException)
        {
            // A page of a proxy, or of the web site of an original server.
            string text = System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, LongestText))).Trim();
            bool isPage = text.Length == 0 || text[0] == '<';
            return new Failure { Status = status, Message = isPage ? StatusText(status) : text, Reference = "" };
        }
    }

    private static string StatusText(int status) => $"The server answered {status} {(HttpStatusCode)status}.";
}
