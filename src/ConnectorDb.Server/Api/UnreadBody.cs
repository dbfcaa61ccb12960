using System.IO.Pipelines;

namespace ConnectorDb.Server.Api;

/// <summary>
/// The rest of a request body after the answer. Most clients read the answer only after they have sent all, and a connection that the server
/// closes before that is reset: the client would see an error of the network, and send the same again. Kestrel itself reads for five seconds.
/// </summary>
internal static class UnreadBody
{
    // As long as nginx (lingering_time) and Apache (MAX_SECS_TO_LINGER) read.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Ends the response, then reads the rest of the request.</summary>
    public static async Task DiscardAsync(HttpContext context, CancellationToken stopping)
    {
        // HTTP/2 can end one request without the connection.
        if (!HttpProtocol.IsHttp11(context.Request.Protocol) && !HttpProtocol.IsHttp10(context.Request.Protocol))
        {
            return;
        }

        await context.Response.CompleteAsync();
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        patience.CancelAfter(s_patience);
        try
        {
            PipeReader body = context.Request.BodyReader;
            ReadResult rest;
            do
            {
                rest = await body.ReadAsync(patience.Token);
                body.AdvanceTo(rest.Buffer.End);
            }
            while (!rest.IsCompleted);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The answer is sent, and the connection has ended or will.
        }
    }
}
