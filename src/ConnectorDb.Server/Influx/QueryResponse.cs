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

    /// <summary>A document that is written as a whole: pretty JSON, or MessagePack, which begins with the number of its results.</summary>
    private readonly ArrayBufferWriter<byte> _whole = new();
    private ResultJson? _json;
    private ResultCsv? _csv;
    private int _results;

    /// <param name="context">The request, of which nothing is answered yet.</param>
    /// <param name="format">The form of the response.</param>
    /// <param name="chunk">The maximum number of rows in a document; null for one document with all results.</param>
    public QueryResponse(HttpContext context, ResultFormat format, int? chunk)
    {
        (_format, _chunk) = (format, chunk);
        _body = new ResponseBody(context, context.RequestServices.GetRequiredService<ServerOptions>().QueryResponse);
        context.Response.ContentType = format.Type;
    }

    private ResultJson Json => _json ??= new ResultJson(_format.IsPretty ? _whole : _body, _format.Epoch);

    private bool IsMessagePack => _format.Type == ResultFormat.MessagePack;

    public async Task AddAsync(InfluxResult result, int number, CancellationToken cancellation)
    {
        if (_format.Type == ResultFormat.Csv)
        {
            (_csv ??= new ResultCsv(_body, _format.Epoch)).Write(result);
            await _body.PassAsync(cancellation);
        }
        else if (_chunk is { } most)
        {
            await AddChunksAsync(result, number, most, cancellation);
        }
        else if (IsMessagePack)
        {
            new ResultMessagePack(_whole, _format.Epoch).Write(number, [.. result.Series.Select(series => new SeriesPart(series, series.Rows, IsPartial: false))], result.Error, isPartial: false);
        }
        else
        {
            await AddWholeAsync(result, number, cancellation);
        }

        _results++;
    }

    public async Task EndAsync(CancellationToken cancellation)
    {
        bool isOpen = _chunk is null || _results == 0;
        if (isOpen && IsMessagePack)
        {
            new ResultMessagePack(_body, _format.Epoch).Begin(_results);
            _body.Write(_whole.WrittenSpan);
            await _body.PassAsync(cancellation);
        }
        else if (isOpen && _format.Type == ResultFormat.Json)
        {
            if (_results == 0)
            {
                Json.Nothing();
            }
            else
            {
                Json.End();
            }

            await PassDocumentAsync(cancellation);
        }

        await _body.EndAsync(cancellation);
    }

    private async Task AddWholeAsync(InfluxResult result, int number, CancellationToken cancellation)
    {
        if (_results > 0)
        {
            Json.Separate();
        }
        else
        {
            Json.Begin();
        }

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
        if (result.Series.Count == 0)
        {
            await AddDocumentAsync(result, number, null, isPartial: false, cancellation);
        }

        for (int i = 0; i < result.Series.Count; i++)
        {
            InfluxSeriesResult series = result.Series[i];
            DataValue[][][] parts = [.. series.HasTimes ? series.Rows.Chunk(most) : [[.. series.Rows]]];
            for (int part = 0; part < parts.Length; part++)
            {
                bool isSeriesPartial = part + 1 < parts.Length;
                await AddDocumentAsync(result, number, new SeriesPart(series, parts[part], isSeriesPartial), isSeriesPartial || (series.HasTimes && i + 1 < result.Series.Count), cancellation);
            }
        }
    }

    private async Task AddDocumentAsync(InfluxResult result, int number, SeriesPart? part, bool isPartial, CancellationToken cancellation)
    {
        if (IsMessagePack)
        {
            ResultMessagePack document = new(_body, _format.Epoch);
            document.Begin(1);
            document.Write(number, part is null ? [] : [part], result.Error, isPartial);
            await _body.PassAsync(cancellation);
            return;
        }

        Json.Begin();
        Json.BeginResult(number, part is not null);
        if (part is not null)
        {
            Json.BeginSeries(part.Series);
            Json.AddRows(part.Rows);
            Json.EndSeries(part.IsPartial);
        }

        Json.EndResult(result, part is not null, isPartial);
        Json.End();
        await PassDocumentAsync(cancellation);
    }

    private async Task PassDocumentAsync(CancellationToken cancellation)
    {
        if (_format.IsPretty)
        {
            _body.Write(JsonIndent.Of(_whole.WrittenSpan));
            _whole.ResetWrittenCount();
        }

        await _body.PassAsync(cancellation);
    }
}
