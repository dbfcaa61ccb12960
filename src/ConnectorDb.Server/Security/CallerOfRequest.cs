using ConnectorDb.Contracts;

namespace ConnectorDb.Server.Security;

/// <summary>The caller of a request, where the endpoint asks for one.</summary>
internal static class CallerOfRequest
{
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? throw new InvalidOperationException("This endpoint is open to all and knows no caller.");

    /// <summary>The database as the caller sees it.</summary>
    public static ICdbClient Client(this HttpContext context) => context.Caller().Client;

    public static void UseCallers(this IApplicationBuilder application)
    {
        Authentication authentication = application.ApplicationServices.GetRequiredService<Authentication>();
        application.Use(async (context, next) =>
        {
            if (context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<OpenToAll>() is null)
            {
                Caller caller = await authentication.IdentifyAsync(context);
                SessionToken.Check(context, caller);
                context.Features.Set(caller);
            }

            await next(context);
        });
    }
}
