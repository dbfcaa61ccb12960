using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;
using ConnectorDb.Core.Protocol.Queries;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/crud/U/D/S/data</c>: the datapoints of a stream.</summary>
internal static class DatapointEndpoints
{
    private const string Route = "/crud/{user}/{device}/{stream}/data";

    public static void MapData(this IEndpointRouteBuilder api)
    {
        api.MapRead(Route, GetAsync);
        api.MapPost(Route, context => InsertAsync(context, restamp: false)).WithMetadata(DefersKeyCheck.Mark);
        api.MapDelete(Route, RemoveNewestAsync);
        api.MapPut(Route, context => InsertAsync(context, restamp: true)).WithMetadata(DefersKeyCheck.Mark);
    }

    private static Task GetAsync(HttpContext context) => context.Command() switch
    {
        "" => ReadAsync(context),
        "length" => CountAsync(context),
        "time2index" => IndexOfTimeAsync(context),
        "last" => LastAsync(context),
        "summary" => SummarizeAsync(context),
        "chart" => ChartAsync(context),
        _ => throw context.Unrecognized("length", "time2index", "last", "summary", "chart"),
    };

    private static async Task ReadAsync(HttpContext context)
    {
        DataQuery query = DataQueryParameters.Read(context.Path(), name => context.Request.Query[name]);
        await context.WriteDatapointsAsync(ended => context.Client().ReadAsync(query, ended), areStored: query.Transform is null);
    }

    private static async Task CountAsync(HttpContext context)
        => await context.WriteNumberAsync(await context.Client().CountAsync(context.Path(), context.RequestAborted));

    private static async Task IndexOfTimeAsync(HttpContext context)
    {
        double t = double.TryParse(context.Request.Query["t"], NumberStyles.Float, CultureInfo.InvariantCulture, out double given) && double.IsFinite(given)
            ? given
            : throw new InvalidRangeException("time2index requires an argument of \"t\" which is a decimal timestamp", context.Path());
        await context.WriteNumberAsync(await context.Client().IndexOfTimeAsync(context.Path(), t, context.RequestAborted));
    }

    private static async Task LastAsync(HttpContext context)
    {
        Datapoint? last = await context.Client().LastAsync(context.Path(), context.RequestAborted);
        BlockBuilder builder = new(1);
        if (last is not null)
        {
            builder.Add(last.T, last.GetValue(), last.Origin);
        }

        Block block = builder.Build();
        await context.WriteJsonAsync(writer => DatapointWriter.WriteArray(writer, block));
    }

    private static async Task SummarizeAsync(HttpContext context)
    {
        StreamSummary summary = await context.Client().SummarizeAsync(RangeOrAll(context), context.RequestAborted);
        await context.WriteJsonAsync(writer => SummaryJson.Write(writer, summary));
    }

    private static async Task ChartAsync(HttpContext context)
    {
        ChartQuery query = ChartQueryJson.Read(RangeOrAll(context), name => context.Request.Query[name]);
        IReadOnlyList<StreamSummary> columns = await RunningQuery.ResultAsync(context, ended => context.Client().ChartAsync(query, ended));
        await context.WriteTaggedJsonAsync(writer => ChartJson.Write(writer, columns));
    }

    /// <summary>The range in the address, or the whole stream when there is none.</summary>
    private static DataQuery RangeOrAll(HttpContext context)
        => context.Request.Query.Keys.Any(key => key is "i1" or "i2" or "t1" or "t2")
            ? DataQueryParameters.Read(context.Path(), name => context.Request.Query[name])
            : new DataQuery(context.Path()) { Transform = context.Request.Query["transform"].ToString() };

    /// <summary>Removes the datapoints from index i1 on, of as many as i2.</summary>
    private static async Task RemoveNewestAsync(HttpContext context)
    {
        await context.Client().RemoveNewestAsync(context.Path(), Index(context, "i1"), Index(context, "i2"), context.RequestAborted);
        await context.WriteOkAsync();
    }

    private static long Index(HttpContext context, string name)
        => long.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out long index)
            ? index
            : throw new InvalidRangeException($"The removal of datapoints needs {name}, a whole number: i1 is the first index to remove, and i2 the number of datapoints in the stream.", context.Path());

    private static async Task InsertAsync(HttpContext context, bool restamp)
    {
        CdbPath path = context.Path();
        Block points = await DatapointBody.ReadAsync(context, path);
        AppendResult result = (await context.AppendAsync([new StreamBlock(path, points)], restamp))[0];
        if (result.Error is { } error)
        {
            throw error;
        }

        context.Response.Headers[ProtocolHeaders.Target] = result.Target.ToString();
        await (context.PreferenceOnInvalid() != OnInvalid.RejectAll ? context.WriteJsonAsync(writer => AppendResultJson.Write(writer, result, failure => failure.InWordsOf(context))) : context.WriteOkAsync());
    }
}
