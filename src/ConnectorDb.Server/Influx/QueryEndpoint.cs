using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Influx;
using ConnectorDb.Core.InfluxQl;
using ConnectorDb.Core.InfluxQl.Evaluation;
using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Results;
using ConnectorDb.Server.Api;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Influx;

/// <summary><c>/query</c> of InfluxDB 1: InfluxQL over the streams of the user that logged in.</summary>
internal static class QueryEndpoint
{
    /// <summary>How often a statement is computed that late points disturb.</summary>
    private const int MaxAttempts = 5;

    private const int BytesPerValue = 24;
    private const int DefaultChunk = 10_000;

    public static void MapInfluxQuery(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/query", [HttpMethods.Get, HttpMethods.Post], AnswerAsync).WithMetadata(InfluxCredentials.Mark);
        routes.MapOtherMethods("/query", "GET, OPTIONS, POST");
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        WriteEndpoint.CheckLogin(context);
        QueryForm form = await QueryForm.ReadAsync(context);
        IReadOnlyList<InfluxStatement> statements = Parse(form);
        InfluxContext circumstances = new(form["db"], form["rp"], WriteEndpoint.Now(context));
        ResultFormat format = new(ResultFormat.TypeFor(context.Request), form["epoch"], form["pretty"] == "true");

        // See DatapointResponse: only then is it noticed that the client leaves.
        await Task.Yield();
        using RunningQuery query = RunningQuery.Begin(context);
        QueryResponse response = new(context, format, ChunkOf(form));
        try
        {
            for (int number = 0; number < statements.Count; number++)
            {
                InfluxResult result = Warned(context, statements[number], await RunAsync(context, statements[number], circumstances, query.Ended));
                using IDisposable held = context.RequestServices.GetRequiredService<CdbEngine>().Hold(context.Caller().Login, SizeOf(result));
                await response.AddAsync(result, number, query.Ended);
                if (result.Error is not null)
                {
                    break;
                }
            }

            await response.EndAsync(query.Ended);
        }
        catch (OperationCanceledException) when (query.Reason is not null)
        {
            throw query.Reason;
        }
    }

    private static IReadOnlyList<InfluxStatement> Parse(QueryForm form)
    {
        string text = form["q"];
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InfluxErrorException(StatusCodes.Status400BadRequest, "missing required parameter \"q\"");
        }

        string parameters = form["params"];
        try
        {
            return InfluxParser.Parse(text, parameters.Length == 0 ? InfluxParameters.None : InfluxParameters.Parse(parameters));
        }
        catch (InfluxSyntaxException error)
        {
            bool isOfParameters = error.Message.StartsWith("error parsing query parameters", StringComparison.Ordinal);
            throw new InfluxErrorException(StatusCodes.Status400BadRequest, isOfParameters ? error.Message : $"error parsing query: {error.Message}");
        }
    }

    private static int? ChunkOf(QueryForm form)
        => form["chunked"] != "true" ? null : int.TryParse(form["chunk_size"], out int size) && size > 0 ? size : DefaultChunk;

    /// <summary>As in InfluxDB, changes also run with GET.</summary>
    private static InfluxResult Warned(HttpContext context, InfluxStatement statement, InfluxResult result)
        => statement.IsChange && result.Error is null && HttpMethods.IsGet(context.Request.Method)
            ? result with { Warning = $"deprecated use of '{statement.Text}' in a read only context, please use a POST request instead" }
            : result;

    private static ValueTask<InfluxResult> RunAsync(HttpContext context, InfluxStatement statement, InfluxContext circumstances, CancellationToken ended)
        => statement is SelectStatement { Target: { } target } select
            ? StoreAsync(context, select with { Target = null }, target, circumstances, ended)
            : ComputeAsync(context, statement, circumstances, ended);

    /// <summary>Stores the result of a statement with <c>INTO</c> in streams of the device that logged in.</summary>
    private static async ValueTask<InfluxResult> StoreAsync(HttpContext context, SelectStatement statement, MeasurementSource target, InfluxContext circumstances, CancellationToken ended)
    {
        CdbEngine engine = context.RequestServices.GetRequiredService<CdbEngine>();
        Login login = context.Caller().Login;
        InfluxResult result = await ComputeAsync(context, statement, circumstances, ended);
        if (result.Error is not null)
        {
            return result;
        }

        string policy = target.Policy ?? (target.Database is null ? circumstances.Policy : "");
        if (engine.FindDatabaseLabel(login, target.Database ?? circumstances.Database, policy, ended) is not { } label)
        {
            return new InfluxResult([], $"retention policy not found: {policy}");
        }

        using IDisposable held = engine.Hold(login, SizeOf(result));
        LineBatch batch = ResultPoints.Of(result, label, target.Name);
        try
        {
            await context.RequestServices.GetRequiredService<PointWriter>().WriteAsync(login, batch, isVersion2: false, ended);
            return ResultPoints.Written(batch.Count);
        }
        catch (InfluxErrorException refused) when (refused.Status == StatusCodes.Status400BadRequest)
        {
            return new InfluxResult([], refused.Message);
        }
    }

    private static async ValueTask<InfluxResult> ComputeAsync(HttpContext context, InfluxStatement statement, InfluxContext circumstances, CancellationToken ended)
    {
        CdbEngine engine = context.RequestServices.GetRequiredService<CdbEngine>();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await engine.QueryInfluxAsync(context.Caller().Login, statement, circumstances, ended);
            }
            catch (NotFoundException) when (attempt < MaxAttempts)
            {
                // A stream was deleted, or a late point came in, while the statement was computed. Nothing of it was sent.
            }
            catch (QueryLimitException limit) when (limit.Wait is null)
            {
                return new InfluxResult([], limit.Message);
            }
        }
    }

    private static long SizeOf(InfluxResult result) => result.Series.Sum(series => (long)BytesPerValue * series.Rows.Count * (series.Columns.Count + 1));
}
