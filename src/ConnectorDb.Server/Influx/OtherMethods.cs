using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Influx;

/// <summary>Methods that a path of InfluxDB does not have: OPTIONS says which it has, and the others are refused in the words of InfluxDB.</summary>
internal static class OtherMethods
{
    /// <param name="routes">The routes of the server.</param>
    /// <param name="path">The path.</param>
    /// <param name="allowed">Its methods with OPTIONS, in order of the alphabet.</param>
    public static void MapOtherMethods(this IEndpointRouteBuilder routes, string path, string allowed)
        => routes.Map(path, context => AnswerAsync(context, allowed)).WithMetadata(InfluxCredentials.Mark).AllowAnonymous();

    private static Task AnswerAsync(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("Method Not Allowed\n", context.RequestAborted);
    }
}
