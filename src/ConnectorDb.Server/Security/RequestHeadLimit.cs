using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Primitives;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace ConnectorDb.Server.Security;

/// <summary>Limits the address and the headers of a request.</summary>
/// <remarks>Kestrel refuses them without a body that says why; its own limits are a little higher, so that only absurd ones reach them.</remarks>
internal static class RequestHeadLimit
{
    private const int MaxAddress = 8 << 10;
    private const int MaxHeaders = 32 << 10;
    private const int Reserve = 8 << 10;

    public static void Set(KestrelServerLimits limits)
    {
        limits.MaxRequestLineSize = MaxAddress + Reserve;
        limits.MaxRequestHeadersTotalSize = MaxHeaders + Reserve;
    }

    public static void UseHeadLimit(this IApplicationBuilder application) => application.Use((context, next) =>
    {
        if (context.Features.Get<IHttpRequestFeature>()?.RawTarget.Length > MaxAddress)
        {
            throw new BadHttpRequestException($"The address has more than {MaxAddress} bytes. {(IsInflux(context) ? "Send a long query in a form as the body of POST /query" : "Send a long transform in the body of POST /api/v1/query/merge")}.", StatusCodes.Status414UriTooLong);
        }

        return Length(context.Request.Headers) <= MaxHeaders
            ? next(context)
            : throw new BadHttpRequestException($"The headers have more than {MaxHeaders} bytes. Send fewer; a browser may have to delete cookies of this site.", StatusCodes.Status431RequestHeaderFieldsTooLarge);
    });

    private static long Length(IHeaderDictionary headers)
    {
        long length = 0;
        foreach ((string name, StringValues values) in headers)
        {
            foreach (string? value in values)
            {
                length += name.Length + (value?.Length ?? 0);
            }
        }

        return length;
    }

    private static bool IsInflux(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<InfluxCredentials>() is not null;
}
