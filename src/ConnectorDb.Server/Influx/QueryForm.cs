using System.Text;
using ConnectorDb.Server.Api;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ConnectorDb.Server.Influx;

/// <summary>The parameters of a query: those of the address, and of a form in the body, which win.</summary>
internal sealed class QueryForm(IQueryCollection address, IReadOnlyDictionary<string, StringValues> body)
{
    private const string FormType = "application/x-www-form-urlencoded";
    private const string MultipartType = "multipart/form-data";
    private const int MaxParts = 100;

    public string this[string name] => body.TryGetValue(name, out StringValues value) ? value[0] ?? "" : address[name].FirstOrDefault() ?? "";

    public static async ValueTask<QueryForm> ReadAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method)
            || !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out MediaTypeHeaderValue? type)
            || type.MediaType.Value is not (FormType or MultipartType))
        {
            return new QueryForm(context.Request.Query, new Dictionary<string, StringValues>());
        }

        byte[] bytes = await RequestBody.ReadBytesAsync(context, body => body.ToArray());
        return new QueryForm(
            context.Request.Query,
            type.MediaType.Value == FormType ? QueryHelpers.ParseQuery(Encoding.UTF8.GetString(bytes)) : await ReadPartsAsync(HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? "", bytes, context.RequestAborted));
    }

    private static async ValueTask<Dictionary<string, StringValues>> ReadPartsAsync(string boundary, byte[] bytes, CancellationToken cancellation)
    {
        Dictionary<string, StringValues> parts = new(StringComparer.Ordinal);
        try
        {
            MultipartReader reader = new(boundary, new MemoryStream(bytes));
            while (parts.Count < MaxParts && await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                using StreamReader text = new(section.Body);
                string value = await text.ReadToEndAsync(cancellation);
                if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition) && HeaderUtilities.RemoveQuotes(disposition.Name).Value is { } name)
                {
                    parts.TryAdd(name, value);
                }
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException)
        {
            throw new InfluxErrorException(StatusCodes.Status400BadRequest, "the body is no valid multipart/form-data");
        }

        return parts;
    }
}
