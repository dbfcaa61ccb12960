using System.IO.Pipelines;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary>
/// The rest of a request body after the answer. Most clients read the answer only after they have sent all, and a connection that the server
/// closes before that is reset: the client would see an error of the network, and send the same again. Kestrel itself reads for five seconds.
/// </summary>
internal static class UnreadBody
{
    // As long as nginx (lingering_time) and Apache (MAX_SECS_TO_LINGER) read.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may send nothing (nginx: lingering_timeout).</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that are read each second from a caller without a login: many large bodies of nobody would take the processors from others.</summary>
    private const double AnonymousRate = 2 << 20;

    private static readonly TimeSpan s_shortestPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends the response, then reads the rest of the request.</summary>
    public static async Task DiscardAsync(HttpContext context, CancellationToken stopping)
    {
        // HTTP/2 can end one request without the connection.
        if (!HttpProtocol.IsHttp11(context.Request.Protocol) && !HttpProtocol.IsHttp10(context.Request.Protocol))
        {
            return;
        }

        await context.Response.CompleteAsync();
        TimeProvider time = context.RequestServices.GetRequiredService<TimeProvider>();
        using CancellationTokenSource patience = new(s_patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping, patience.Token);
        PipeReader body = context.Request.BodyReader;
        double rate = context.Features.Get<Caller>() is { IsAnonymous: false } ? double.PositiveInfinity : AnonymousRate;
        long start = time.GetTimestamp();
        long bytes = 0;
        using ITimer silence = time.CreateTimer(_ => body.CancelPendingRead(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            ReadResult rest;
            do
            {
                silence.Change(s_silence, Timeout.InfiniteTimeSpan);
                rest = await body.ReadAsync(either.Token);
                bytes += rest.Buffer.Length;
                body.AdvanceTo(rest.Buffer.End);
                silence.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                TimeSpan ahead = TimeSpan.FromSeconds(bytes / rate) - time.GetElapsedTime(start);
                if (ahead > s_shortestPause && !rest.IsCompleted)
                {
                    await Task.Delay(ahead, time, either.Token);
                }
            }
            while (!rest.IsCompleted && !rest.IsCanceled);

            if (rest.IsCanceled)
            {
                context.Abort();
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Kestrel would read for five more seconds.
            context.Abort();
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The answer is sent, and the connection has ended or will.
        }
    }
}
