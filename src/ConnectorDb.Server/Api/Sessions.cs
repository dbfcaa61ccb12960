using ConnectorDb.Core.Engine;
using ConnectorDb.Server.Hosting;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/login</c> and <c>/logout</c>: sessions of browsers.</summary>
internal static class Sessions
{
    private static readonly TimeSpan s_untilClosed = TimeSpan.FromDays(1);

    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/login", [HttpMethods.Get, HttpMethods.Post], LogInAsync);
        api.MapMethods("/logout", [HttpMethods.Get, HttpMethods.Post], LogOutAsync).WithMetadata(OpenToAll.Mark);
    }

    /// <summary>By GET as old clients do it; but never on the word of a cookie, nor of an address that a page can be made to load.</summary>
    private static Task LogInAsync(HttpContext context)
    {
        Caller caller = context.Caller();
        if (caller.IsNobody || caller.IsBySession || context.Request.Headers.Authorization.Count == 0)
        {
            throw new AuthenticationException("Login Failed. Send user name and password, or an API key, in the header Authorization.", null);
        }

        ServerOptions options = context.RequestServices.GetRequiredService<ServerOptions>();
        bool remembers = context.Request.Query["remember"].ToString() is "" or "true";
        TimeSpan lifetime = remembers ? TimeSpan.FromDays(options.SessionDays) : s_untilClosed;
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
