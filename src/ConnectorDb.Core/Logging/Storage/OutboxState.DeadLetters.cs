using ConnectorDb.Columns;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging.Storage;

internal sealed partial class OutboxState
{
    public long CountDeadLetters(long destination) => Number("SELECT count(*) FROM aside WHERE destination = ?1", destination);

    /// <param name="destination">Its name; null for all.</param>
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

    /// <summary>Puts the items at the end of their channels, for the destination that refused them only.</summary>
    /// <returns>How many there were of them.</returns>
    public long Resend(IReadOnlyList<DeadLetter> items, bool restamp, double written)
    {
        long count = 0;
        foreach (IGrouping<(string Destination, string Channel), DeadLetter> group in items.GroupBy(item => (item.Destination, item.Channel)))
        {
            BlockBuilder points = new();
            foreach (DeadLetter item in group.OrderBy(item => item.Point.T).Where(item => DeleteDeadLetter(item.Number)))
            {
                points.Add(item.Point.T, item.Point.Value);
            }

            count += points.Count;
            long destination = Number("SELECT id FROM destinations WHERE name = ?1", group.Key.Destination);
            Append(FindChannel(group.Key.Channel)!.Id, EncodedBlock.Cut(points.Build()), written, destination, restamp);
        }

        return count;
    }

    /// <summary>False when it is not there any more.</summary>
    public bool DeleteDeadLetter(long number) => session["DELETE FROM aside WHERE id = ?1"].Run(number) > 0;
}
