using ConnectorDb.Core.Storage.Tables;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Postgres;

internal partial class PostgresReader
{
    private static readonly string s_selectStreams = TreeRows.SelectStreams();

    public StreamRecord? FindStream(CdbPath path)
        => Session.First($"{s_selectStreams} WHERE u.name_key = $1 AND u.name = $2 AND d.name = $3 AND s.name = $4", _tree.ReadStream, NameKey(path.User), path.User, path.Device, path.Stream);

    public IEnumerable<StreamRecord> ListStreams(DeviceRecord device, string after = "")
        => Pages(after, (name, most) => Session.All($"{s_selectStreams} WHERE s.device_id = $1 AND s.name > $2 ORDER BY s.name LIMIT $3", _tree.ReadStream, device.Id, name, most), stream => stream.Path.Name);

    /// <remarks>Exact labels are found by the index of the database, and texts by reading all names there; patterns and rights are compared here, in the order of the paths.</remarks>
    public IEnumerable<StreamRecord> FindStreams(string text, IReadOnlyList<LabelPattern> labels, CdbPath? after, Func<long, bool> isListed, Action step)
    {
        const int Most = 1000;
        TextPattern pattern = new(text);
        (string User, string Device, string Stream) last = after is null ? ("", "", "") : (NameKey(after.User), after.Device ?? "", after.Stream ?? "");
        while (true)
        {
            List<StreamRecord> page = StreamsWith(text.Length == 0 ? null : pattern.Like, labels, last, Most);
            foreach (StreamRecord stream in page)
            {
                step();
                if (pattern.IsMatch(stream) && labels.All(label => HasLabel(stream, label, step)) && isListed(stream.DeviceId))
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

    /// <summary>The streams whose path or nickname is like a pattern, and that have the keys of all labels, and the values of exact ones.</summary>
    private List<StreamRecord> StreamsWith(string? like, IReadOnlyList<LabelPattern> labels, (string User, string Device, string Stream) after, int most)
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
        string labelled = string.Concat(conditions.ToArray());
        string named = "";
        if (like is not null)
        {
            arguments.Add(like);
            named = $""" AND (u.name || '/' || d.name || '/' || s.name ILIKE ${arguments.Count} COLLATE "C" OR s.nickname ILIKE ${arguments.Count} COLLATE "C")""";
        }

        string sql = $"{s_selectStreams} WHERE (u.name_key, d.name, s.name) > ($1, $2, $3){labelled}{named} ORDER BY u.name_key, d.name, s.name LIMIT $4";
        return Session.All(sql, _tree.ReadStream, [.. arguments]);
    }

    private static bool HasLabel(StreamRecord stream, LabelPattern label, Action step)
        => stream.Labels.Any(held =>
        {
            step();
            return Fold(held.Key) == Fold(label.Key) && label.IsMatch(Fold(held.Value));
        });
}
