using System.Globalization;
using System.Text;
using System.Xml;
using ConnectorDb.Columns;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/feed/U/D/S</c>: the newest datapoints of a stream as an Atom feed (RFC 4287).</summary>
internal static class FeedEndpoint
{
    private const string Namespace = "http://www.w3.org/2005/Atom";
    private const string Extension = ".atom";
    private const int Length = 500;

    public static void MapFeed(this IEndpointRouteBuilder api) => api.MapRead("/feed/{user}/{device}/{stream}", GetAsync);

    private static async Task GetAsync(HttpContext context)
    {
        string name = (string)context.Request.RouteValues["stream"]!;
        context.Request.RouteValues["stream"] = name.EndsWith(Extension, StringComparison.Ordinal) ? name[..^Extension.Length] : name;
        CdbPath path = context.Path();
        string? transform = context.Request.Query["transform"];
        CdbStream stream = await context.Client().GetStreamAsync(path, context.RequestAborted);
        long count = await context.Client().CountAsync(path, context.RequestAborted);
        long first = Math.Max(0, count - Length);
        DataQuery query = new(path) { I1 = first, Transform = string.IsNullOrEmpty(transform) ? null : transform };
        List<Block> blocks = await CollectAsync(context, query);

        StringBuilder text = new();
        using (XmlWriter xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, CheckCharacters = false }))
        {
            Write(xml, stream, new FeedSource(context.Request, path), [.. blocks.SelectMany(Points)], first);
        }

        context.Response.ContentType = "application/atom+xml; charset=utf-8";
        await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    /// <summary>The datapoints of the feed. The time of the last one is written first, so that all are in memory.</summary>
    /// <exception cref="QueryLimitException">Their values are too large.</exception>
    private static async Task<List<Block>> CollectAsync(HttpContext context, DataQuery query)
    {
        // As for a response of datapoints: the thread that receives from the connection goes on receiving.
        await Task.Yield();
        long limit = context.RequestServices.GetRequiredService<ServerOptions>().QueryValueSize;
        long size = 0;
        List<Block> blocks = [];
        using RunningQuery running = RunningQuery.Begin(context);
        try
        {
            await foreach (Block block in context.Client().ReadAsync(query, running.Ended))
            {
                size += ColumnWeight.Of(block.Values);
                if (size > limit)
                {
                    throw new QueryLimitException($"The values of the feed have more than {limit} bytes, which is the maximum (--query-value-size). Use a transform that makes smaller values.", query.Stream);
                }

                blocks.Add(block);
            }
        }
        catch (OperationCanceledException) when (running.Reason is not null)
        {
            throw running.Reason;
        }

        return blocks;
    }

    private static IEnumerable<Datapoint> Points(Block block) => Enumerable.Range(0, block.Count).Select(i => block.At(i));

    private static void Write(XmlWriter xml, CdbStream stream, FeedSource source, List<Datapoint> points, long first)
    {
        xml.WriteStartElement("feed", Namespace);
        xml.WriteElementString("title", Namespace, stream.Nickname.Length > 0 ? stream.Nickname : source.Path.ToString());
        xml.WriteElementString("id", Namespace, source.Data);
        xml.WriteElementString("updated", Namespace, Time(points.Count > 0 ? points[^1].T : 0));
        for (int i = 0; i < points.Count; i++)
        {
            Write(xml, source, points[i], first + i);
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, FeedSource source, Datapoint point, long index)
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"{source.Data}?i1={index}&i2={index + 1}");
        xml.WriteStartElement("entry", Namespace);
        xml.WriteElementString("title", Namespace, string.Create(CultureInfo.InvariantCulture, $"Datapoint {index + 1}"));
        xml.WriteElementString("id", Namespace, address);
        xml.WriteElementString("updated", Namespace, Time(point.T));
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
        xml.WriteStartElement("author", Namespace);
        xml.WriteElementString("name", Namespace, point.Origin ?? source.Path.ToStream().Parent!.ToString());
        xml.WriteEndElement();
        xml.WriteElementString("content", Namespace, point.GetValue().ToString());
        xml.WriteEndElement();
    }

    private static string Time(double t) => UnixTime.ToDateTimeOffset(t).ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The stream and the address of its datapoints.</summary>
    private sealed class FeedSource(HttpRequest request, CdbPath path)
    {
        public CdbPath Path { get; } = path;

        public string Data { get; } = $"{request.Scheme}://{request.Host}{RestApi.Root}/crud/{path.ToStream()}/data";
    }
}
