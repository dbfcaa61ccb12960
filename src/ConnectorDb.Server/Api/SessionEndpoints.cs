using System.Globalization;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Protocol.Tree;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/login</c>, <c>/logout</c> and <c>/sessions</c>: the sessions of browsers.</summary>
internal static class SessionEndpoints
{
    private static readonly TimeSpan s_browserSession = TimeSpan.FromDays(1);

    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/login", [HttpMethods.Get, HttpMethods.Post], LogInAsync);
        api.MapMethods("/logout", [HttpMethods.Get, HttpMethods.Post], LogOutAsync).AllowAnonymous();
        api.MapRead("/sessions", ListAsync);
        api.MapDelete("/sessions/{id}", DeleteAsync);
    }

    // Old clients log in by GET. Only the Authorization header counts: another site can make a browser send cookies, or load an address with a key
    // of the attacker (login CSRF), but cannot set that header.
    private static async Task LogInAsync(HttpContext context)
    {
        Caller caller = context.Caller();
        if (caller.IsAnonymous || caller.IsBySession || context.Request.Headers.Authorization.Count == 0)
        {
            throw new AuthenticationException("Login Failed. Send user name and password, or an API key, in the header Authorization.", null);
        }

        bool remembers = context.Flag("remember", @default: true);
        CdbEngine engine = context.RequestServices.GetRequiredService<CdbEngine>();
        await EndAsync(context, engine);

        ServerOptions options = context.RequestServices.GetRequiredService<ServerOptions>();
        TimeSpan lifetime = remembers ? TimeSpan.FromDays(options.SessionDays) : s_browserSession;
        string session = await engine.IssueSessionAsync(
            caller.Login,
            lifetime,
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            context.Request.Headers.UserAgent.ToString(),
            context.RequestAborted);
        SessionCookie.Set(context, session, remembers ? lifetime : null);
        await context.WriteOkAsync();
    }

    // Clients of ConnectorDB 0.3 log out by GET. Other sites cannot, as the cookie is SameSite=Strict; a page at another port of this host, whose
    // requests have the cookie, is recognized by what the browser says of it.
    private static async Task LogOutAsync(HttpContext context)
    {
        CsrfToken.CheckOrigin(context);
        await EndAsync(context, context.RequestServices.GetRequiredService<CdbEngine>());

        SessionCookie.Clear(context);
        await context.WriteOkAsync();
    }

    /// <summary>Ends the session of the request. Of several, which no other request accepts, all end.</summary>
    private static async Task EndAsync(HttpContext context, CdbEngine engine)
    {
        foreach (string session in SessionCookie.ReadAll(context))
        {
            await engine.EndSessionAsync(session, context.RequestAborted);
        }
    }

    private static async Task ListAsync(HttpContext context)
    {
        CheckLogin(context);
        string user = context.Request.Query["user"].ToString();
        CdbPath? path = user.Length == 0 ? null : CdbPath.Parse(user);
        await context.WriteListAsync(await context.Client().ListSessionsAsync(path, context.RequestAborted).ToListAsync(), SessionJson.Write);
    }

    private static async Task DeleteAsync(HttpContext context)
    {
        CheckLogin(context);
        string text = (string)context.Request.RouteValues["id"]!;
        long id = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new InvalidValueException($"'{text}' is not the number of a session. GET {RestApi.Root}/sessions lists them.", text);
        await context.Client().RemoveSessionAsync(id, context.RequestAborted);
        await context.WriteOkAsync();
    }

    private static void CheckLogin(HttpContext context)
    {
        if (context.Caller().IsAnonymous)
        {
            throw new AuthenticationException("Sessions belong to a user. Send user name and password, or an API key, in the header Authorization.", null);
        }
    }
}
