using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Logging.Storage;

internal sealed partial class OutboxState
{
    /// <summary>Notes that the run is about to be sent.</summary>
    public void TakeOff(long destination, PendingRun run, string mark)
        => session["""
            INSERT INTO positions (destination, channel, position, flight, mark) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (destination, channel) DO UPDATE SET flight = excluded.flight, mark = excluded.mark
            """].Run(destination, run.Channel, run.Start, run.End - run.Start, mark);

    /// <summary>Notes what became of the run: the position moves on, what was refused is set aside, the rest waits.</summary>
    /// <param name="time">Unix seconds.</param>
    public void Land(long destination, PendingRun run, RunOutcome outcome, double time)
    {
        foreach (Refusal refusal in outcome.Refused)
        {
            Datapoint point = run.Run.Points.At(refusal.Place);
            session["INSERT INTO aside (destination, channel, t, value, reason, time) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"]
                .Run(destination, run.Channel, point.T, point.Value.ToJson(), refusal.Reason, time);
        }

        if (outcome.Decided > 0 || run.Run.Count == 0)
        {
            session["""
                INSERT INTO positions (destination, channel, position) VALUES (?1, ?2, ?3)
                ON CONFLICT (destination, channel) DO UPDATE SET position = excluded.position, flight = NULL, mark = NULL
                """].Run(destination, run.Channel, run.PositionAfter(outcome.Decided));
            session["UPDATE destinations SET sent = sent + ?2 WHERE id = ?1"].Run(destination, outcome.Decided - outcome.Refused.Count);
            Trim(run.Channel);
        }
    }
}
