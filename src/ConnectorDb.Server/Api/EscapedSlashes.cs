namespace ConnectorDb.Server.Api;

/// <summary>Decodes escaped slashes, because some clients escape a whole path: <c>me%2Fpi</c> is <c>me/pi</c>. No name contains a slash.</summary>
internal static class EscapedSlashes
{
    private const string Escaped = "%2F";

    public static void UseEscapedSlashes(this IApplicationBuilder application) => application.Use((context, next) =>
    {
        HttpRequest request = context.Request;
        if (request.Path.Value!.Contains(Escaped, StringComparison.OrdinalIgnoreCase) && request.Path.StartsWithSegments(RestApi.Root))
        {
            request.Path = request.Path.Value.Replace(Escaped, "/", StringComparison.OrdinalIgnoreCase);
        }

        return next(context);
    });
}
