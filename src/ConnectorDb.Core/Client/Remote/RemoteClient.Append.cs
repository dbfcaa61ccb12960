using ConnectorDb.Contracts;
using ConnectorDb.Core.Appending;
using ConnectorDb.Core.Client.Remote.Appending;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Client.Remote;

public partial class RemoteClient
{
    /// <inheritdoc/>
    /// <remarks>Each request has an idempotency key, so that it can be sent again when the answer was lost.</remarks>
    public virtual async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<StreamBlock> blocks, AppendOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentNullException.ThrowIfNull(options);
        string key = options.IdempotencyKey ?? Guid.NewGuid().ToString("N");
        AppendResults results = new(blocks, options);
        foreach (AppendRequest request in AppendRequest.Of(results.Sendable))
        {
            try
            {
                IReadOnlyList<AppendResult> answer = await SendAsync(request, options, $"{key}.{results.Requests}", cancellation).ConfigureAwait(false);
                results.Add(request, answer);
                if (answer.Any(options.StopsAt))
                {
                    break;
                }
            }
            catch (CdbException error) when (request.Parts.Count == 1 && options.RejectsOnlyBlock(error))
            {
                results.Add(request, [new AppendResult(0, request.Parts[0].Points.Stream) { Error = error }]);
                if (options.OnInvalid == OnInvalid.StopAtInvalid)
                {
                    break;
                }
            }
            catch (CdbException error)
            {
                throw results.Moved(error, request);
            }
        }

        return results.ToArray();
    }

    private async Task<IReadOnlyList<AppendResult>> SendAsync(AppendRequest request, AppendOptions options, string key, CancellationToken cancellation)
    {
        HttpMethod method = options.Restamp ? HttpMethod.Put : HttpMethod.Post;
        bool isLenient = options.OnInvalid != OnInvalid.RejectAll;
        if (request.Parts is [{ Points: { HasArrivalTimes: false } single } part])
        {
            RestRequest insert = new(method, DataOf(single.Stream, ""), single.Stream) { Body = part.Json, InsertId = key, Preferences = ProtocolHeaders.PreferencesOf(options) };
            RestResponse answer = await _rest.SendAndReadAsync(insert, cancellation).ConfigureAwait(false);
            CdbPath target = answer.Header(ProtocolHeaders.Target) is { } path ? CdbPath.Parse(path) : single.Stream;
            if (isLenient)
            {
                return [answer.ReadObject(AppendResultJson.Read)];
            }

            answer.CheckOk();
            return [new AppendResult(single.Points.Count, target)];
        }

        RestRequest append = new(method, "datapoints", request.Parts[0].Points.Stream) { Body = request.Body(), InsertId = key, Preferences = ProtocolHeaders.PreferencesOf(options) };
        AppendResult[] results = (await _rest.SendAndReadAsync(append, cancellation).ConfigureAwait(false)).ReadList(AppendResultJson.Read);
        return results.Length == request.Parts.Count ? results : throw ErrorResponses.Invalid(append.About);
    }
}
