using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Fields;
using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

internal partial class PostgresReader
{
    private const string FromStreams = "FROM streams s JOIN devices d ON d.id = s.device_id JOIN users u ON u.id = d.user_id";
    private static readonly string s_streamColumns = $"SELECT s.id, s.device_id, u.name, d.name, s.name, s.downlink_number, {string.Join(", ", StreamFields.All.Select(field => $"s.{field.Name}"))} {FromStreams}";

    public StreamRecord? FindStream(CdbPath path)
        => Session.First($"{s_streamColumns} WHERE u.name_key = $1 AND u.name = $2 AND d.name = $3 AND s.name = $4", ReadStream, NameKey(path.User), path.User, path.Device, path.Stream);

    public IEnumerable<StreamRecord> ListStreams(DeviceRecord device, string after = "")
        => Pages(after, (name, most) => Session.All($"{s_streamColumns} WHERE s.device_id = $1 AND s.name > $2 ORDER BY s.name LIMIT $3", ReadStream, device.Id, name, most), stream => stream.Path.Name);

    /// <remarks>Exact labels are found by the index of the database; patterns and rights are compared here, in the order of the paths.</remarks>
    public IEnumerable<StreamRecord> FindStreams(IReadOnlyList<LabelPattern> labels, CdbPath? after, Func<long, bool> isListed, Action step)
    {
        const int Most = 1000;
        (string User, string Device, string Stream) last = after is null ? ("", "", "") : (NameKey(after.User), after.Device ?? "", after.Stream ?? "");
        while (true)
        {
            List<StreamRecord> page = StreamsWith(labels, last, Most);
            foreach (StreamRecord stream in page)
            {
                if (labels.All(label => HasLabel(stream, label, step)) && isListed(stream.DeviceId))
                {
                    yield return stream;
                }
            }

            if (page.Count < Most)
            {
                yield break;
            }

            last = (NameKey(page[^1].Path.User), page[^1].Path.Device!, page[^1].Path.Stream!);
        }
    }

    /// <summary>Labels are compared in upper case.</summary>
    protected static string Fold(string text) => text.ToUpperInvariant();

    /// <summary>The streams that have the keys of all labels, and the values of exact ones.</summary>
    private List<StreamRecord> StreamsWith(IReadOnlyList<LabelPattern> labels, (string User, string Device, string Stream) after, int most)
    {
        List<PostgresValue> arguments = [after.User, after.Device, after.Stream, most];
        IEnumerable<string> conditions = labels.Select(label =>
        {
            arguments.Add(Fold(label.Key));
            string condition = $"key = ${arguments.Count}";
            if (label.IsExact)
            {
                arguments.Add(Fold(label.Value));
                condition += $" AND value = ${arguments.Count}";
            }

            return $" AND s.id IN (SELECT stream FROM labels WHERE {condition})";
        });
        string sql = $"{s_streamColumns} WHERE (u.name_key, d.name, s.name) > ($1, $2, $3){string.Concat(conditions.ToArray())} ORDER BY u.name_key, d.name, s.name LIMIT $4";
        return Session.All(sql, ReadStream, [.. arguments]);
    }

    private static bool HasLabel(StreamRecord stream, LabelPattern label, Action step)
        => stream.Labels.Any(held =>
        {
            step();
            return Fold(held.Key) == Fold(label.Key) && label.IsMatch(Fold(held.Value));
        });

    private StreamRecord ReadStream(NpgsqlDataReader row)
    {
        int column = 6;
        return new StreamRecord
        {
            Id = row.GetInt64(0),
            DeviceId = row.GetInt64(1),
            Path = PathOf(row.GetString(2), row.GetString(3), row.GetString(4)),
            DownlinkNumber = row.GetInt32(5),
            Fields = StreamFields.All.Read(field => field.Default switch
            {
                bool => row.GetBoolean(column++),
                LabelSet => LabelsOf(row.GetString(column++)),
                _ => row.GetString(column++),
            }),
        };
    }

    private static LabelSet LabelsOf(string text) => text == "{}" ? LabelSet.None : LabelSet.Read(DataValue.Parse(text));
}
