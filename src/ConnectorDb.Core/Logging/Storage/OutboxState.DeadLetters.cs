using ConnectorDb.Columns;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging.Storage;

internal sealed partial class OutboxState
{
    public long CountDeadLetters(long destination) => Number("SELECT count(*) FROM aside WHERE destination = ?1", destination);

    /// <param name="destination">The name of a destination; null for all.</param>
    public IReadOnlyList<DeadLetter> ListDeadLetters(string? destination)
        => session["""
            SELECT aside.id, destinations.name, channels.name, aside.t, aside.value, aside.reason, aside.time
            FROM aside JOIN destinations ON destinations.id = aside.destination JOIN channels ON channels.id = aside.channel
            WHERE ?1 IS NULL OR destinations.name = ?1 ORDER BY aside.id
            """].All(
            row => new DeadLetter(
                row.Integer(0),
                row.Text(1),
                row.Text(2),
                new Datapoint(row.Real(3), DataValue.Parse(row.Text(4))),
                row.Text(5),
                UnixTime.ToDateTimeOffset(row.Real(6))),
            destination);

    // A dead letter is appended to its channel again, visible only to the destination that rejected it; its old position is already decided.
    /// <summary>Moves dead letters to the end of their channels.</summary>
    /// <returns>The number of moved entries.</returns>
    public long Resend(IReadOnlyList<DeadLetter> letters, bool restamp, double written)
    {
        long count = 0;
        foreach (IGrouping<(string Destination, string Channel), DeadLetter> group in letters.GroupBy(letter => (letter.Destination, letter.Channel)))
        {
            BlockBuilder points = new();
            foreach (DeadLetter letter in group.OrderBy(letter => letter.Point.T).Where(letter => DeleteDeadLetter(letter.Number)))
            {
                points.Add(letter.Point.T, letter.Point.Value);
            }

            count += points.Count;
            long destination = Number("SELECT id FROM destinations WHERE name = ?1", group.Key.Destination);
            Append(FindChannel(group.Key.Channel)!.Id, EncodedBlock.Encode(points.Build()), written, destination, restamp);
        }

        return count;
    }

    /// <summary>Returns false when the dead letter does not exist any more.</summary>
    public bool DeleteDeadLetter(long number) => session["DELETE FROM aside WHERE id = ?1"].Run(number) > 0;
}
