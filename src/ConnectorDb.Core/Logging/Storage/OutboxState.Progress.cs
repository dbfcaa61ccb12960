using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Logging.Storage;

internal sealed partial class OutboxState
{
    /// <summary>Records, before a batch is sent, that it is in flight, and the state of the destination.</summary>
    public void BeginSend(long destination, PendingBatch pending, string checkpoint)
        => session["""
            INSERT INTO positions (destination, channel, position, flight, mark) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (destination, channel) DO UPDATE SET flight = excluded.flight, mark = excluded.mark
            """].Run(destination, pending.Channel, pending.Start, pending.End - pending.Start, checkpoint);

    /// <summary>Records the outcome of a batch: the position advances over the decided entries, the rejected ones become dead letters.</summary>
    /// <param name="time">Unix seconds.</param>
    public void Complete(long destination, PendingBatch pending, BatchOutcome outcome, double time)
    {
        if (FindDestination(destination) is null)
        {
            // It was removed while the batch was sent.
            return;
        }

        foreach (RejectedEntry rejected in outcome.Rejected)
        {
            Datapoint point = pending.Batch.Points.At(rejected.Index);
            session["INSERT INTO aside (destination, channel, t, value, reason, time) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"]
                .Run(destination, pending.Channel, point.T, point.Value.ToJson(), rejected.Reason, time);
        }

        // An undecided batch keeps its position, length and checkpoint, and the next sync repeats it.
        if (outcome.Decided > 0 || pending.Batch.Count == 0)
        {
            session["""
                INSERT INTO positions (destination, channel, position) VALUES (?1, ?2, ?3)
                ON CONFLICT (destination, channel) DO UPDATE SET position = excluded.position, flight = NULL, mark = NULL
                """].Run(destination, pending.Channel, pending.PositionAfter(outcome.Decided));
            session["UPDATE destinations SET sent = sent + ?2 WHERE id = ?1"].Run(destination, outcome.Delivered);
            Trim(pending.Channel, pending.Start, pending.End);
        }
    }
}
