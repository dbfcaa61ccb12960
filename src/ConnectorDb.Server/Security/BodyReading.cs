using System.IO.Pipelines;
using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Security;

/// <summary>
/// Reads the next piece of a request body, and refuses a body that takes too long: it would keep its part of the limits of <see cref="BodyAdmission"/>, or the server from its stop.
/// </summary>
internal static class BodyReading
{
    /// <summary>Time in which a body may still arrive when the server stops.</summary>
    private static readonly TimeSpan s_atStop = TimeSpan.FromSeconds(2);

    /// <summary>The part of the stop patience that this is at most.</summary>
    private const double ShareOfPatience = 0.5;

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(10);

    /// <param name="context">The request.</param>
    /// <param name="least">The number of unread bytes to wait for; fewer at the end of the body.</param>
    /// <exception cref="BadHttpRequestException">The body has not arrived in time.</exception>
    /// <exception cref="ServerBusyException">The server stops.</exception>
    public static ValueTask<ReadResult> ReadBodyAsync(this HttpContext context, int least = 0)
    {
        PipeReader body = context.Request.BodyReader;
        ValueTask<ReadResult> reading = least > 0 ? body.ReadAtLeastAsync(least, context.RequestAborted) : body.ReadAsync(context.RequestAborted);
        return reading.IsCompletedSuccessfully ? reading : WaitAsync(context, body, reading);
    }

    private static async ValueTask<ReadResult> WaitAsync(HttpContext context, PipeReader body, ValueTask<ReadResult> reading)
    {
        TimeProvider time = context.RequestServices.GetRequiredService<TimeProvider>();
        ServerOptions options = context.RequestServices.GetRequiredService<ServerOptions>();
        CancellationToken stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        int seconds = options.BodySeconds;
        if (context.Features.Get<FirstWait>() is not { } first)
        {
            context.Features.Set(first = new FirstWait(time.GetTimestamp()));
        }

        TimeSpan left = TimeSpan.FromSeconds(seconds) - time.GetElapsedTime(first.Timestamp);
        using ITimer deadline = time.CreateTimer(_ => body.CancelPendingRead(), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration stop = stopping.Register(() => deadline.Change(LeftAtStop(), Timeout.InfiniteTimeSpan));
        ReadResult piece = await reading;
        if (piece.IsCanceled)
        {
            body.AdvanceTo(piece.Buffer.Start, piece.Buffer.End);
            if (stopping.IsCancellationRequested)
            {
                throw new ServerBusyException(StatusCodes.Status503ServiceUnavailable, "The server stops, and the request body has not arrived. Repeat the request when the server runs again.", s_retry);
            }

            throw new BadHttpRequestException($"The request body has not arrived within {SecondsText.Of(seconds)} (--body-seconds). Send less at a time.", StatusCodes.Status408RequestTimeout);
        }

        return piece;

        TimeSpan LeftAtStop()
        {
            first.Stop ??= time.GetTimestamp();
            TimeSpan share = TimeSpan.FromSeconds(options.StopPatience) * ShareOfPatience;
            TimeSpan rest = (share < s_atStop ? share : s_atStop) - time.GetElapsedTime(first.Stop.Value);
            return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }
    }

    private sealed record FirstWait(long Timestamp)
    {
        /// <summary>The time of the first wait after the server began to stop.</summary>
        public long? Stop { get; set; }
    }
}
