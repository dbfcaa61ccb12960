using ConnectorDb.Contracts;
using Microsoft.AspNetCore.Authorization;

namespace ConnectorDb.Server.Security;

/// <summary>Authenticates each request to an endpoint, and keeps its caller where the endpoint does not allow anonymous access.</summary>
internal static class RequestCaller
{
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? throw new InvalidOperationException("This endpoint allows anonymous access and has no caller.");

    /// <summary>The database as the caller sees it.</summary>
    public static ICdbClient Client(this HttpContext context) => context.Caller().Client;

    public static void UseCallers(this IApplicationBuilder application)
    {
        Authentication authentication = application.ApplicationServices.GetRequiredService<Authentication>();
        application.Use(async (context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            {
                await authentication.CheckAsync(context);
            }
            else if (context.GetEndpoint() is not null)
            {
                Caller caller = await authentication.AuthenticateAsync(context);
                CsrfToken.Check(context, caller);
                context.Features.Set(caller);
            }

            await next(context);
        });
    }
}
