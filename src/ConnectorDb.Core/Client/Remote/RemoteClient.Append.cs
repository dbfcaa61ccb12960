using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Engine.Arrivals;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Core.Client.Remote;

public sealed partial class RemoteClient
{
    /// <inheritdoc/>
    /// <remarks>
    /// A block that is larger than servers take at once goes in several requests, each all or nothing. Each has an identity,
    /// under which our server takes it once, however often it must be sent because the answer was lost; what an original server has
    /// made of it is seen by looking.
    /// </remarks>
    public ValueTask<AppendResult> AppendAsync(CdbPath stream, Block points, bool restamp, CancellationToken cancellation)
        => AppendOnceAsync(stream, points, restamp, Guid.NewGuid().ToString("N"), cancellation);

    /// <inheritdoc/>
    public async ValueTask<AppendResult> AppendOnceAsync(CdbPath stream, Block points, bool restamp, string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(points);
        ValueLimits.Check(stream, points);
        Arrival.CheckTimes(stream, points);
        CdbPath target = stream;
        foreach (InsertPart part in InsertPart.Of(points, _isOriginal ? InsertPart.OriginalCount : int.MaxValue))
        {
            RestRequest request = new(restamp ? HttpMethod.Put : HttpMethod.Post, DataOf(stream, ""), stream) { Body = part.Body, InsertId = _isOriginal ? null : $"{id}.{part.Start}" };
            try
            {
                target = _isOriginal
                    ? await new OriginalInsert(_rest, this, _settings).SendAsync(request, stream, part.Points, restamp, cancellation).ConfigureAwait(false)
                    : await InsertAsync(request, cancellation).ConfigureAwait(false);
            }
            catch (CdbException error) when (part.Start > 0)
            {
                throw part.Moved(error, stream);
            }
        }

        return new AppendResult(points.Count, target);
    }

    private async ValueTask<CdbPath> InsertAsync(RestRequest request, CancellationToken cancellation)
    {
        RestAnswer answer = await _rest.AskAsync(request, cancellation).ConfigureAwait(false);
        return answer.Header(ProtocolHeaders.Target) is { } target ? CdbPath.Parse(target) : (CdbPath)request.About!;
    }
}
