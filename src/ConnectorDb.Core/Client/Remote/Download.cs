using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Client.Remote;

/// <summary>Reads the datapoints of a response in blocks as they arrive.</summary>
internal sealed class Download(RestConnection rest, RetryPolicy retries)
{
    /// <summary>Reads the blocks of a response. A request whose response breaks off before the first datapoint is repeated; later, the remainder is requested.</summary>
    /// <param name="request">The request.</param>
    /// <param name="restOf">Creates the request for the datapoints behind the given number; null when the request cannot be resumed.</param>
    /// <exception cref="CdbException">The error of the server, or of the connection.</exception>
    public async IAsyncEnumerable<Block> ReadAsync(
        RestRequest request,
        [EnumeratorCancellation] CancellationToken cancellation,
        Func<long, CancellationToken, ValueTask<RestRequest>>? restOf = null)
    {
        long delivered = 0;
        for (int failures = 1; ; failures++)
        {
            RestRequest next = delivered > 0 ? await restOf!(delivered, cancellation).ConfigureAwait(false) : request;
            await using IAsyncEnumerator<Block> blocks = OnceAsync(next, cancellation).GetAsyncEnumerator(cancellation);
            while (true)
            {
                bool isThere;
                try
                {
                    isThere = await blocks.MoveNextAsync().ConfigureAwait(false);
                }
                catch (Exception error) when (ConnectionErrors.Is(error))
                {
                    if (failures >= retries.Attempts || (delivered > 0 && restOf is null))
                    {
                        throw ConnectionErrors.ToException(error, rest.Root);
                    }

                    break;
                }

                if (!isThere)
                {
                    yield break;
                }

                delivered += blocks.Current.Count;
                failures = 1;
                yield return blocks.Current;
            }

            await rest.PauseAsync(failures, null, cancellation).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<Block> OnceAsync(RestRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using HttpResponseMessage answer = await rest.SendAsync(request, cancellation).ConfigureAwait(false);
        Stream body = await rest.OpenAsync(answer, cancellation).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            DatapointReader reader = new(DatapointDirection.Answer, about: request.About);
            await using IAsyncEnumerator<Block> blocks = DatapointStream.ReadAsync(body, reader, cancellation).GetAsyncEnumerator(cancellation);
            ExceptionDispatchInfo? failure = null;
            while (failure is null)
            {
                (bool isThere, failure) = await NextAsync(blocks, reader, request).ConfigureAwait(false);
                if (isThere)
                {
                    yield return blocks.Current;
                }
                else if (failure is null)
                {
                    yield break;
                }
                else if (reader.Take() is { Count: > 0 } before)
                {
                    yield return before;
                }
            }

            failure.Throw();
        }
    }

    private static async ValueTask<(bool IsThere, ExceptionDispatchInfo? Failure)> NextAsync(IAsyncEnumerator<Block> blocks, DatapointReader reader, RestRequest request)
    {
        try
        {
            return (await blocks.MoveNextAsync().ConfigureAwait(false), null);
        }
        catch (InvalidValueException error) when (error.Place is not null || reader.Count == 0)
        {
            return (false, ExceptionDispatchInfo.Capture(BrokenOff(reader.Count, request, error)));
        }
        catch (CdbException error)
        {
            return (false, ExceptionDispatchInfo.Capture(error));
        }
    }

    /// <summary>The error for a response that is not complete JSON, which is how a ConnectorDB 0.3 server tells that a script failed.</summary>
    private static CdbException BrokenOff(long count, RestRequest request, InvalidValueException error) => request.RunsScript
        ? new ScriptRuntimeException($"The server ended its response after {CountText.Of(count, "result")}, probably because the script fails for the next datapoint.", request.Script, double.NaN)
        : new StoreException(StoreFault.Failed, $"The response of the server about '{request.About}' ended after {CountText.Of(count, "datapoint")}. Try again. {error.Message}", request.About, error);
}
