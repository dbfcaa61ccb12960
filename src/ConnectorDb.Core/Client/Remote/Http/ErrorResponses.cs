using System.Net;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Core.Client.Remote.Http;

/// <summary>What bad answers mean.</summary>
internal static class ErrorResponses
{
    private const int LongestText = 200;

    /// <summary>The exception that a refusal stands for: by its kind, from an original server by its text.</summary>
    public static async Task<CdbException> ReadAsync(HttpResponseMessage answer, RestRequest request, CancellationToken cancellation)
    {
        byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        Failure failure = Read(body, (int)answer.StatusCode);
        return failure.ToException(request.About) ?? ConnectorDb03Errors.ExceptionOf(failure with { Status = (int)answer.StatusCode }, request);
    }

    /// <summary>The answer cannot be understood.</summary>
    public static StoreException Invalid(object? about, Exception? cause = null)
        => new(StoreFault.Failed, $"The server gave an answer about '{about}' that cannot be understood. Is there a ConnectorDB server at this address? {cause?.Message}".TrimEnd(), about, cause);

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
