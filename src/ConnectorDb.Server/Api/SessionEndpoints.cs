using ConnectorDb.Core.Engine;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/login</c> and <c>/logout</c>: browser sessions.</summary>
internal static class SessionEndpoints
{
    private static readonly TimeSpan s_browserSession = TimeSpan.FromDays(1);

    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/login", [HttpMethods.Get, HttpMethods.Post], LogInAsync);
        api.MapMethods("/logout", [HttpMethods.Get, HttpMethods.Post], LogOutAsync).AllowAnonymous();
    }

    // Old clients log in by GET. Only the Authorization header counts: another site can make a browser send cookies, or load an address with a key
    // of the attacker (login CSRF), but cannot set that header.
    private static Task LogInAsync(HttpContext context)
    {
        Caller caller = context.Caller();
        if (caller.IsAnonymous || caller.IsBySession || context.Request.Headers.Authorization.Count == 0)
        {
            throw new AuthenticationException("Login Failed. Send user name and password, or an API key, in the header Authorization.", null);
        }

        ServerOptions options = context.RequestServices.GetRequiredService<ServerOptions>();
        bool remembers = context.Request.Query["remember"].ToString() is "" or "true";
        TimeSpan lifetime = remembers ? TimeSpan.FromDays(options.SessionDays) : s_browserSession;
        string session = context.RequestServices.GetRequiredService<CdbEngine>().IssueSession(caller.Login, lifetime, context.RequestAborted);
        SessionCookie.Set(context.Response, session, remembers ? lifetime : null, IsSecure(context, options));
        return context.WriteOkAsync();
    }

    private static Task LogOutAsync(HttpContext context)
    {
        SessionCookie.Clear(context.Response, IsSecure(context, context.RequestServices.GetRequiredService<ServerOptions>()));
        return context.WriteOkAsync();
    }

    private static bool IsSecure(HttpContext context, ServerOptions options) => options.SecureCookies || context.Request.IsHttps;
}
