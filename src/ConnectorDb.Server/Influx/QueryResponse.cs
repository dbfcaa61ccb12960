using System.Buffers;
using ConnectorDb.Core.InfluxQl.Results;
using ConnectorDb.Server.Api;
using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Influx;

/// <summary>Sends the results of statements one after the other.</summary>
internal sealed class QueryResponse
{
    /// <summary>Rows that are passed on at once.</summary>
    private const int RowsOfPiece = 1000;

    private readonly ResultFormat _format;
    private readonly int? _chunk;
    private readonly ResponseBody _body;

    /// <summary>A pretty document, which is written as a whole.</summary>
    private readonly ArrayBufferWriter<byte> _pretty = new();
    private ResultJson? _json;
    private ResultCsv? _csv;
    private bool _isBegun;

    /// <param name="context">The request, of which nothing is answered yet.</param>
    /// <param name="format">The form of the response.</param>
    /// <param name="chunk">The maximum number of rows in a document; null for one document with all results.</param>
    public QueryResponse(HttpContext context, ResultFormat format, int? chunk)
    {
        (_format, _chunk) = (format, chunk);
        _body = new ResponseBody(context, context.RequestServices.GetRequiredService<ServerOptions>().QueryResponse);
        context.Response.ContentType = format.ContentType;
    }

    private ResultJson Json => _json ??= new ResultJson(_format.IsPretty ? _pretty : _body, _format.Epoch);

    public Task AddAsync(InfluxResult result, int number, CancellationToken cancellation)
        => _format.IsCsv ? AddCsvAsync(result, cancellation)
            : _chunk is { } most ? AddChunksAsync(result, number, most, cancellation)
            : AddWholeAsync(result, number, cancellation);

    public async Task EndAsync(CancellationToken cancellation)
    {
        if (!_format.IsCsv && !_isBegun)
        {
            Json.Nothing();
            await PassDocumentAsync(cancellation);
        }
        else if (!_format.IsCsv && _chunk is null)
        {
            Json.End();
            await PassDocumentAsync(cancellation);
        }

        await _body.EndAsync(cancellation);
    }

    private async Task AddCsvAsync(InfluxResult result, CancellationToken cancellation)
    {
        (_csv ??= new ResultCsv(_body, _format.Epoch)).Write(result);
        await _body.PassAsync(cancellation);
    }

    private async Task AddWholeAsync(InfluxResult result, int number, CancellationToken cancellation)
    {
        if (_isBegun)
        {
            Json.Separate();
        }
        else
        {
            Json.Begin();
        }

        _isBegun = true;
        bool hasSeries = result.Series.Count > 0;
        Json.BeginResult(number, hasSeries);
        for (int i = 0; i < result.Series.Count; i++)
        {
            if (i > 0)
            {
                Json.Separate();
            }

            Json.BeginSeries(result.Series[i]);
            foreach (DataValue[][] rows in result.Series[i].Rows.Chunk(RowsOfPiece))
            {
                Json.AddRows(rows);
                await _body.PassAsync(cancellation);
            }

            Json.EndSeries(isPartial: false);
        }

        Json.EndResult(result, hasSeries, isPartial: false);
    }

    /// <summary>A document for each part of a series.</summary>
    private async Task AddChunksAsync(InfluxResult result, int number, int most, CancellationToken cancellation)
    {
        _isBegun = true;
        if (result.Series.Count == 0)
        {
            await AddDocumentAsync(result, number, null, [], isSeriesPartial: false, isPartial: false, cancellation);
        }

        for (int i = 0; i < result.Series.Count; i++)
        {
            InfluxSeriesResult series = result.Series[i];
            DataValue[][][] parts = [.. series.HasTimes ? series.Rows.Chunk(most) : [[.. series.Rows]]];
            for (int part = 0; part < parts.Length; part++)
            {
                bool isSeriesPartial = part + 1 < parts.Length;
                await AddDocumentAsync(result, number, series, parts[part], isSeriesPartial, isSeriesPartial || (series.HasTimes && i + 1 < result.Series.Count), cancellation);
            }
        }
    }

    private async Task AddDocumentAsync(InfluxResult result, int number, InfluxSeriesResult? series, DataValue[][] rows, bool isSeriesPartial, bool isPartial, CancellationToken cancellation)
    {
        Json.Begin();
        Json.BeginResult(number, series is not null);
        if (series is not null)
        {
            Json.BeginSeries(series);
            Json.AddRows(rows);
            Json.EndSeries(isSeriesPartial);
        }

        Json.EndResult(result, series is not null, isPartial);
        Json.End();
        await PassDocumentAsync(cancellation);
    }

    private async Task PassDocumentAsync(CancellationToken cancellation)
    {
        if (_format.IsPretty)
        {
            _body.Write(JsonIndent.Of(_pretty.WrittenSpan));
            _pretty.ResetWrittenCount();
        }

        await _body.PassAsync(cancellation);
    }
}
