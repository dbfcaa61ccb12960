namespace ConnectorDb.Server.Api;

/// <summary>Routes that read. HEAD is answered as GET, without the body, which Kestrel leaves out (RFC 9110, 9.3.2).</summary>
internal static class ReadRoutes
{
    public static IEndpointConventionBuilder MapRead(this IEndpointRouteBuilder routes, string path, RequestDelegate answer) => routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], answer);

    /// <summary>True when the request only reads by its method.</summary>
    public static bool IsRead(this HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
}
