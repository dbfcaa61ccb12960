using System.IO.Pipelines;
using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Security;

/// <summary>Reads the next piece of a request body, and refuses a body that takes too long: it would keep its part of the limits of <see cref="BodyAdmission"/>.</summary>
internal static class BodyReading
{
    /// <param name="context">The request.</param>
    /// <param name="least">The number of unread bytes to wait for; fewer at the end of the body.</param>
    /// <exception cref="BadHttpRequestException">The body has not arrived in time.</exception>
    public static ValueTask<ReadResult> ReadBodyAsync(this HttpContext context, int least = 0)
    {
        PipeReader body = context.Request.BodyReader;
        ValueTask<ReadResult> reading = least > 0 ? body.ReadAtLeastAsync(least, context.RequestAborted) : body.ReadAsync(context.RequestAborted);
        return reading.IsCompletedSuccessfully ? reading : WaitAsync(context, body, reading);
    }

    private static async ValueTask<ReadResult> WaitAsync(HttpContext context, PipeReader body, ValueTask<ReadResult> reading)
    {
        TimeProvider time = context.RequestServices.GetRequiredService<TimeProvider>();
        int seconds = context.RequestServices.GetRequiredService<ServerOptions>().BodySeconds;
        if (context.Features.Get<FirstWait>() is not { } first)
        {
            context.Features.Set(first = new FirstWait(time.GetTimestamp()));
        }

        TimeSpan left = TimeSpan.FromSeconds(seconds) - time.GetElapsedTime(first.Timestamp);
        using ITimer deadline = time.CreateTimer(_ => body.CancelPendingRead(), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        ReadResult piece = await reading;
        if (piece.IsCanceled)
        {
            body.AdvanceTo(piece.Buffer.Start, piece.Buffer.End);
            throw new BadHttpRequestException($"The request body has not arrived within {SecondsText.Of(seconds)} (--body-seconds). Send less at a time.", StatusCodes.Status408RequestTimeout);
        }

        return piece;
    }

    private sealed record FirstWait(long Timestamp);
}
