using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;
using ConnectorDb.Server.Monitoring;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/datapoints</c>: appends to several streams in one transaction; and what it shares with the insert into one stream.</summary>
internal static class Appending
{
    private const string Route = "/datapoints";
    private const int LongestKey = 100;

    public static void MapAppending(this IEndpointRouteBuilder api)
    {
        api.MapPost(Route, context => AppendAsync(context, restamp: false)).WithMetadata(ChecksKey.Mark);
        api.MapPut(Route, context => AppendAsync(context, restamp: true)).WithMetadata(ChecksKey.Mark);
    }

    private static async Task AppendAsync(HttpContext context, bool restamp)
    {
        IReadOnlyList<StreamBlock> blocks = await Body.ReadBytesAsync(context, StreamBlocksJson.Read);
        IReadOnlyList<AppendResult> results = await context.AppendAsync(blocks, restamp);
        await context.WriteJsonAsync(writer => AppendResultJson.WriteAll(writer, results));
    }

    /// <summary>The client prefers that the valid datapoints are stored when others are invalid (RFC 7240).</summary>
    public static bool IsLenient(this HttpContext context)
        => context.Request.Headers[ProtocolHeaders.Prefer].Any(value => value!.Split(',', ';').Any(preference =>
            string.Equals(preference.Replace(" ", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal), ProtocolHeaders.Lenient, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Appends what the request brings, in the way that its headers ask for.</summary>
    public static async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(this HttpContext context, IReadOnlyList<StreamBlock> blocks, bool restamp)
    {
        bool isLenient = context.IsLenient();
        AppendOptions options = new()
        {
            Restamp = restamp,
            IdempotencyKey = KeyOf(context),
            OnInvalid = isLenient ? OnInvalid.RejectInvalid : OnInvalid.RejectAll,
        };
        IReadOnlyList<AppendResult> results = await AppendAsync(context, context.Caller().Login, blocks, options);
        if (isLenient)
        {
            context.Response.Headers[ProtocolHeaders.PreferenceApplied] = ProtocolHeaders.Lenient;
        }

        context.RequestServices.GetRequiredService<Meters>().Inserted(results.Sum(result => result.Count));
        return results;
    }

    private static async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(HttpContext context, Login login, IReadOnlyList<StreamBlock> blocks, AppendOptions options)
    {
        CdbEngine engine = context.RequestServices.GetRequiredService<CdbEngine>();
        try
        {
            return await engine.AppendAsync(login, blocks, options, context.RequestAborted);
        }
        catch (AuthenticationException) when (login.Key is not null)
        {
            Caller now = await context.RequestServices.GetRequiredService<Authentication>().IdentifyAnewAsync(context, login.Key);
            return await engine.AppendAsync(now.Login, blocks, options, context.RequestAborted);
        }
    }

    private static string? KeyOf(HttpContext context) => context.Request.Headers[ProtocolHeaders.InsertId].ToString() switch
    {
        "" => null,
        { Length: <= LongestKey } key => key,
        { Length: var length } => throw new InvalidValueException($"The header {ProtocolHeaders.InsertId} has {length} characters; at most {LongestKey} are allowed.", null),
    };
}
