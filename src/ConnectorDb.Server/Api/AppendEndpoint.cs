using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;
using ConnectorDb.Server.Metrics;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/datapoints</c>: appends to several streams in one transaction. The insert into one stream uses the same code.</summary>
internal static class AppendEndpoint
{
    private const string Route = "/datapoints";
    private const int MaxKeyLength = 100;

    public static void MapAppend(this IEndpointRouteBuilder api)
    {
        api.MapPost(Route, context => AppendAsync(context, restamp: false)).WithMetadata(DefersKeyCheck.Mark);
        api.MapPut(Route, context => AppendAsync(context, restamp: true)).WithMetadata(DefersKeyCheck.Mark);
    }

    private static async Task AppendAsync(HttpContext context, bool restamp)
    {
        IReadOnlyList<StreamBlock> blocks = await RequestBody.ReadBytesAsync(context, StreamBlocksJson.Read);
        IReadOnlyList<AppendResult> results = await context.AppendAsync(blocks, restamp);
        await context.WriteJsonAsync(writer => AppendResultJson.WriteAll(writer, results));
    }

    /// <summary>The preference of the client for an append with invalid datapoints (RFC 7240).</summary>
    public static OnInvalid PreferenceOnInvalid(this HttpContext context)
        => Prefers(context, OnInvalid.RejectInvalid) ? OnInvalid.RejectInvalid
            : Prefers(context, OnInvalid.StopAtInvalid) ? OnInvalid.StopAtInvalid
            : OnInvalid.RejectAll;

    /// <summary>Appends the blocks with the options in the headers of the request.</summary>
    public static async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(this HttpContext context, IReadOnlyList<StreamBlock> blocks, bool restamp)
    {
        OnInvalid onInvalid = context.PreferenceOnInvalid();
        AppendOptions options = new()
        {
            Restamp = restamp,
            IdempotencyKey = KeyOf(context),
            OnInvalid = onInvalid,
        };
        IReadOnlyList<AppendResult> results = await AppendAsync(context, context.Caller(), blocks, options);
        if (ProtocolHeaders.PreferenceOf(onInvalid) is { } preference)
        {
            context.Response.Headers[ProtocolHeaders.PreferenceApplied] = preference;
        }

        context.RequestServices.GetRequiredService<ServerMetrics>().AddInserted(results.Sum(result => result.Count));
        return results;
    }

    // A cached login may be outdated. The engine notices that and throws; the request is then authenticated again, and appended once more.
    private static async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(HttpContext context, Caller caller, IReadOnlyList<StreamBlock> blocks, AppendOptions options)
    {
        try
        {
            return await caller.Client.AppendAsync(blocks, options, context.RequestAborted);
        }
        catch (AuthenticationException) when (caller.Login.Key is not null)
        {
            Caller current = await context.RequestServices.GetRequiredService<Authentication>().ReauthenticateAsync(context, caller.Login.Key);
            return await current.Client.AppendAsync(blocks, options, context.RequestAborted);
        }
    }

    private static bool Prefers(HttpContext context, OnInvalid onInvalid)
        => context.Request.Headers[ProtocolHeaders.Prefer].Any(value => value!.Split(',', ';').Any(preference => string.Equals(
            preference.Replace(" ", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal),
            ProtocolHeaders.PreferenceOf(onInvalid),
            StringComparison.OrdinalIgnoreCase)));

    private static string? KeyOf(HttpContext context) => context.Request.Headers[ProtocolHeaders.InsertId].ToString() switch
    {
        "" => null,
        { Length: <= MaxKeyLength } key => key,
        { Length: var length } => throw new InvalidValueException($"The header {ProtocolHeaders.InsertId} has {length} characters; at most {MaxKeyLength} are allowed.", null),
    };
}
