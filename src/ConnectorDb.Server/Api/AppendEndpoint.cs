using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;
using ConnectorDb.Server.Metrics;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/datapoints</c>: appends to several streams in one transaction. The insert into one stream uses the same code.</summary>
internal static class AppendEndpoint
{
    private const string Route = "/datapoints";

    public static void MapAppend(this IEndpointRouteBuilder api)
    {
        api.MapPost(Route, context => AppendAsync(context, restamp: false)).WithMetadata(DefersKeyCheck.Mark);
        api.MapPut(Route, context => AppendAsync(context, restamp: true)).WithMetadata(DefersKeyCheck.Mark);
    }

    private static async Task AppendAsync(HttpContext context, bool restamp)
    {
        IReadOnlyList<StreamBlock> blocks = await RequestBody.ReadBytesAsync(context, bytes => StreamBlocksJson.Read(bytes, RequestBody.MaxParts(context)));
        IReadOnlyList<AppendResult> results = await context.AppendAsync(blocks, restamp);
        await context.WriteJsonAsync(writer => AppendResultJson.WriteAll(writer, results, failure => failure.InWordsOf(context)));
    }

    /// <summary>The preference of the client for an append with invalid datapoints (RFC 7240).</summary>
    public static OnInvalid PreferenceOnInvalid(this HttpContext context)
        => Prefers(context, ProtocolHeaders.Lenient) ? OnInvalid.RejectInvalid
            : Prefers(context, ProtocolHeaders.StopAtInvalid) ? OnInvalid.StopAtInvalid
            : OnInvalid.RejectAll;

    /// <summary>Appends the blocks with the options in the headers of the request.</summary>
    public static async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(this HttpContext context, IReadOnlyList<StreamBlock> blocks, bool restamp)
    {
        AppendOptions options = new()
        {
            Restamp = restamp,
            IdempotencyKey = InsertId.Of(context.Request),
            OnInvalid = context.PreferenceOnInvalid(),
            AsExported = Prefers(context, ProtocolHeaders.AsExported),
        };
        IReadOnlyList<AppendResult> results = await AppendAsync(context, context.Caller(), blocks, options);
        context.Response.Headers.Append(ProtocolHeaders.PreferenceApplied, ProtocolHeaders.PreferencesOf(options).ToArray());

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
        catch (AuthenticationException) when (caller.Login.Credential is KeyCredential)
        {
            Caller current = await context.RequestServices.GetRequiredService<Authentication>().ReauthenticateAsync(context, (KeyCredential)caller.Login.Credential!);
            return await current.Client.AppendAsync(blocks, options, context.RequestAborted);
        }
    }

    private static bool Prefers(HttpContext context, string wanted)
        => context.Request.Headers[ProtocolHeaders.Prefer] is { Count: > 0 } preferences && preferences.Any(value => value!.Split(',', ';').Any(preference => string.Equals(
            preference.Replace(" ", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal),
            wanted,
            StringComparison.OrdinalIgnoreCase)));
}
