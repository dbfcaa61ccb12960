using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Influx;
using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Server.Metrics;

namespace ConnectorDb.Server.Influx;

/// <summary>Stores the points of a body in the streams of their fields, late ones at their places.</summary>
internal sealed class PointWriter(CdbEngine engine, FieldStreams streams, ServerMetrics metrics)
{
    private const int MaxAttempts = 3;

    /// <exception cref="InfluxErrorException">Some of the points cannot be stored; the others are.</exception>
    public async ValueTask WriteAsync(Login login, LineBatch batch, bool isVersion2, CancellationToken cancellation)
    {
        FieldValues[] fields = [.. batch.Fields];
        for (int attempt = 1; !await TryWriteAsync(login, batch, fields, cancellation); attempt++)
        {
            if (attempt == MaxAttempts)
            {
                throw new InfluxErrorException(StatusCodes.Status503ServiceUnavailable, "Streams were deleted while points were written to them. Send the points again.");
            }
        }

        if (batch.Dropped > 0)
        {
            throw Partial($"{batch.DropReason} dropped={batch.Dropped}", isVersion2);
        }

        if (batch.LineFaults.Length > 0)
        {
            throw batch.Count > 0 && !isVersion2 ? Partial($"{batch.LineFaults} dropped=0", isVersion2) : new InfluxErrorException(StatusCodes.Status400BadRequest, batch.LineFaults);
        }
    }

    private static InfluxErrorException Partial(string reason, bool isVersion2) => isVersion2
        ? new InfluxErrorException(StatusCodes.Status422UnprocessableEntity, $"failure writing points to database: partial write: {reason}")
        : new InfluxErrorException(StatusCodes.Status400BadRequest, $"partial write: {reason}");

    /// <summary>False when a stream was deleted meanwhile. To repeat the write doubles nothing.</summary>
    private async ValueTask<bool> TryWriteAsync(Login login, LineBatch batch, FieldValues[] fields, CancellationToken cancellation)
    {
        IReadOnlyList<FieldStream> opened = streams.Open(login, fields, cancellation);
        for (int i = 0; i < fields.Length; i++)
        {
            if (opened[i].Fault is { } fault)
            {
                batch.Drop(fields[i], fault);
            }
            else if (opened[i].Kind is { } kind)
            {
                batch.Keep(fields[i], kind);
            }
        }

        List<(int Field, StreamBlock Block)> blocks = [];
        for (int i = 0; i < fields.Length; i++)
        {
            if (opened[i].Path is { } path && fields[i].ToBlock(batch.DroppedPoints) is { Count: > 0 } block)
            {
                blocks.Add((i, new StreamBlock(path, SequenceMerge.Order(block))));
            }
        }

        if (blocks.Count == 0)
        {
            return true;
        }

        IReadOnlyList<AppendResult> results = await engine.MergeAsync(login, [.. blocks.Select(block => block.Block)], [.. blocks.Select(block => opened[block.Field].Id)], cancellation);
        metrics.AddInserted(results.Sum(result => result.Count));
        bool isComplete = true;
        for (int i = 0; i < results.Count; i++)
        {
            FieldValues field = fields[blocks[i].Field];
            switch (results[i])
            {
                case { Error: NotFoundException }:
                    streams.Forget(login, field.Key);
                    isComplete = false;
                    break;
                case { Error: { } error }:
                    throw error;
                case { Rejected: [var rejected, ..] }:
                    streams.Forget(login, field.Key);
                    batch.DropValues(results[i].Rejected.Length, rejected.Reason);
                    break;
            }
        }

        return isComplete;
    }
}
