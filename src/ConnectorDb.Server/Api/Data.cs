using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;
using ConnectorDb.Core.Protocol.Queries;
using ConnectorDb.Server.Monitoring;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary><c>/crud/U/D/S/data</c>: the datapoints of a stream.</summary>
internal static class Data
{
    private const string Route = "/crud/{user}/{device}/{stream}/data";
    private const int LongestInsertId = 100;

    public static void MapData(this IEndpointRouteBuilder api)
    {
        api.MapGet(Route, GetAsync);
        api.MapPost(Route, context => InsertAsync(context, restamp: false)).WithMetadata(ChecksKey.Mark);
        api.MapPut(Route, context => InsertAsync(context, restamp: true)).WithMetadata(ChecksKey.Mark);
    }

    private static Task GetAsync(HttpContext context) => context.Command() switch
    {
        "" => ReadAsync(context),
        "length" => CountAsync(context),
        "time2index" => IndexOfTimeAsync(context),
        "last" => LastAsync(context),
        "summary" => SummarizeAsync(context),
        _ => throw context.Unrecognized(),
    };

    private static async Task ReadAsync(HttpContext context)
    {
        DataQuery query = DataQueryParameters.Read(context.Path(), name => context.Request.Query[name]);
        await context.WriteDatapointsAsync(context.Client().ReadAsync(query, context.RequestAborted));
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
        bool isPart = context.Request.Query.Keys.Any(key => key is "i1" or "i2" or "t1" or "t2");
        DataQuery range = isPart
            ? DataQueryParameters.Read(context.Path(), name => context.Request.Query[name])
            : new DataQuery(context.Path());
        StreamSummary summary = await context.Client().SummarizeAsync(range, context.RequestAborted);
        await context.WriteJsonAsync(writer => SummaryJson.Write(writer, summary));
    }

    private static async Task InsertAsync(HttpContext context, bool restamp)
    {
        CdbPath path = context.Path();
        Block points = await InsertBody.ReadAsync(context, path);
        AppendResult result = await AppendAsync(context, context.Caller().Login, path, points, restamp);
        context.Response.Headers[ProtocolHeaders.Target] = result.Target.ToString();
        context.RequestServices.GetRequiredService<Meters>().Inserted(result.Count);
        await context.WriteOkAsync();
    }

    private static async ValueTask<AppendResult> AppendAsync(HttpContext context, Login login, CdbPath path, Block points, bool restamp)
    {
        CdbEngine engine = context.RequestServices.GetRequiredService<CdbEngine>();
        try
        {
            return await engine.AppendAsync(login, path, points, restamp, InsertId(context), context.RequestAborted);
        }
        catch (AuthenticationException) when (login.Key is not null)
        {
            Caller now = await context.RequestServices.GetRequiredService<Authentication>().IdentifyAnewAsync(context, login.Key);
            return await engine.AppendAsync(now.Login, path, points, restamp, InsertId(context), context.RequestAborted);
        }
    }

    /// <summary>The identity that a client gave the insert, so that it can send it again.</summary>
    private static string? InsertId(HttpContext context) => context.Request.Headers[ProtocolHeaders.InsertId].ToString() switch
    {
        "" => null,
        { Length: <= LongestInsertId } id => id,
        { Length: var length } => throw new InvalidValueException($"The header {ProtocolHeaders.InsertId} has {length} characters; at most {LongestInsertId} are allowed.", context.Path()),
    };
}
