using Microsoft.Net.Http.Headers;

namespace ConnectorDb.Server.Api;

/// <summary>The content types that a request accepts, in the header Accept.</summary>
internal static class AcceptedTypes
{
    /// <summary>The type that the request prefers: of the highest weight, and of equal ones the first. The first of the server's own when it accepts any, or none of them.</summary>
    /// <param name="request">The request.</param>
    /// <param name="types">The types of the server.</param>
    public static string Preferred(HttpRequest request, params ReadOnlySpan<string> types)
    {
        foreach (MediaTypeHeaderValue accepted in Of(request).OrderByDescending(accepted => accepted.Quality ?? 1))
        {
            foreach (string type in types)
            {
                if (IsOf(accepted, type))
                {
                    return type;
                }
            }
        }

        return types[0];
    }

    /// <summary>True when the request accepts the type, however much it prefers others.</summary>
    public static bool Accepts(HttpRequest request, string type) => Of(request).Any(accepted => IsOf(accepted, type));

    private static IEnumerable<MediaTypeHeaderValue> Of(HttpRequest request)
        => MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? all) ? all.Where(accepted => accepted.Quality is not 0) : [];

    private static bool IsOf(MediaTypeHeaderValue accepted, string type) => accepted.MatchesAllTypes || accepted.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);
}
