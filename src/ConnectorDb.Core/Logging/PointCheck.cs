using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Appending;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging;

/// <summary>The valid points for a measurement, without their invalid fields.</summary>
/// <param name="Rejected">The invalid fields and points, by index.</param>
internal sealed record PointCheck(Block Points, IReadOnlyList<RejectedField> Rejected)
{
    /// <summary>Checks names against the declaration of the measurement, and values and times as an append does.</summary>
    public static PointCheck Of(LogChannel channel, IReadOnlyList<(double T, LogPoint Point)> points, OnInvalid onInvalid)
    {
        List<RejectedField> rejected = [];
        BlockBuilder values = new(points.Count);
        for (int i = 0; i < points.Count; i++)
        {
            (double t, LogPoint point) = points[i];
            List<RejectedField> errors = [.. Errors(channel, i, t, point)];
            if (errors.Count > 0 && onInvalid == OnInvalid.RejectAll)
            {
                throw errors[0].Error;
            }

            rejected.AddRange(errors);
            HashSet<string?> invalid = [.. errors.Select(error => error.Field)];
            DataObject fields = new([.. point.Fields.Where(field => !invalid.Contains(field.Key))]);
            if (errors.Count == 0 || (fields.Count > 0 && !invalid.Contains(null)))
            {
                values.Add(t, new LogPoint(fields, point.Tags).ToValue());
            }
        }

        return new PointCheck(values.Count == 0 ? Block.Empty : values.Build(), rejected);
    }

    private static IEnumerable<RejectedField> Errors(LogChannel channel, int index, double t, LogPoint point)
    {
        string? tag = Undeclared(point.Tags, channel.Tags).FirstOrDefault();
        CdbException? whole = tag is not null ? Undeclared(channel, "tag", tag, channel.Tags!) : ValueErrors(channel, t, [.. point.Tags.Select(each => each.Value)]).Select(each => each.Error).FirstOrDefault();
        if (whole is not null)
        {
            yield return new RejectedField(index, null, whole);
            yield break;
        }

        foreach (string name in Undeclared(point.Fields, channel.Fields))
        {
            yield return new RejectedField(index, name, Undeclared(channel, "field", name, channel.Fields!));
        }

        KeyValuePair<string, DataValue>[] fields = [.. point.Fields];
        foreach (RejectedDatapoint error in ValueErrors(channel, t, [.. fields.Select(field => field.Value)]))
        {
            string name = fields[error.Index].Key;
            yield return new RejectedField(index, name, new InvalidValueException($"The field '{name}' of the measurement '{channel.Name}' cannot be stored. {error.Reason}", name));
        }
    }

    // An empty list of values stands for the time alone.
    private static IReadOnlyList<RejectedDatapoint> ValueErrors(LogChannel channel, double t, DataValue[] values)
    {
        DataValue[] given = values.Length == 0 ? [DataValue.Null] : values;
        double[] times = new double[given.Length];
        Array.Fill(times, t);
        return AppendCheck.Of(channel.Name, new Block(times, new ValueColumn(given)), schema: null, new AppendOptions { OnInvalid = OnInvalid.RejectInvalid }).Rejected;
    }

    private static IEnumerable<string> Undeclared(DataObject given, IReadOnlyList<string>? declared)
        => declared is null ? [] : given.Select(member => member.Key).Where(name => !declared.Contains(name, StringComparer.Ordinal));

    private static InvalidValueException Undeclared(LogChannel channel, string what, string name, IEnumerable<string> declared)
    {
        string names = string.Join(", ", declared);
        return new($"The measurement '{channel.Name}' was declared without the {what} '{name}'. {(names.Length == 0 ? $"It has no {what}s" : $"Declared: {names}")}.", name);
    }
}
