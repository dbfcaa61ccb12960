using System.Text.Json;
using ConnectorDb.Core.Protocol.Tree;

namespace ConnectorDb.Core.Protocol.Queries;

/// <summary>Converts dataset queries to and from JSON.</summary>
/// <remarks>
/// Members beyond ConnectorDB 0.3: <c>dt</c> as text, a calendar step such as <c>1mo</c> in the <c>timezone</c>; <c>stamp</c>; and
/// <c>nullmeans</c>, without which the mean of no datapoints is 0, as clients of ConnectorDB 0.3 expect.
/// </remarks>
public static class DatasetQueryJson
{
    private const string Start = "start";
    private const string End = "end";

    public static void Write(Utf8JsonWriter writer, DatasetQuery query)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(query);
        writer.WriteStartObject();
        if (query.X is [{ } x] && (query.T1 is null || x.T1 == query.T1))
        {
            DataQueryJson.WriteFields(writer, x);
        }
        else
        {
            if (query.X.Count > 0)
            {
                writer.WritePropertyName("merge");
                DataQueryJson.WriteAll(writer, query.X);
            }

            DataQueryJson.WriteNumber(writer, "t1", query.T1);
            DataQueryJson.WriteNumber(writer, "t2", query.T2);
        }

        DataQueryJson.WriteNumber(writer, "dt", query.Dt);
        writer.WriteIfGiven("dt", query.Step?.ToString());
        writer.WriteIfGiven("timezone", query.TimeZone);
        writer.WriteIfGiven("stamp", query.Stamp == RowStamp.Start ? Start : null);
        writer.WriteStartObject("dataset");
        foreach (DatasetColumn column in query.Columns)
        {
            writer.WritePropertyName(column.Name);
            Write(writer, column);
        }

        writer.WriteEndObject();
        writer.WriteIfGiven("posttransform", query.PostTransform);
        writer.WriteIfGiven("nullmeans", query.HasZeroMeans ? null : true);
        writer.WriteIfGiven("force", query.Force ? true : null);
        writer.WriteEndObject();
    }

    /// <exception cref="InvalidValueException">A field has the wrong type, or the columns are missing.</exception>
    public static DatasetQuery Read(JsonFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        DataQuery? stream = DataQueryJson.TryRead(fields);
        DataValue[]? merge = fields.Array("merge");
        if (stream is not null && merge is not null)
        {
            throw new InvalidValueException("Dataset can't be based both on a stream and on a merge! Leave one of them out.", null);
        }

        bool isOfStream = stream is not null || merge is not null;
        if (!isOfStream && ((fields.Integer("i1") ?? 0) != 0 || (fields.Integer("i2") ?? 0) != 0))
        {
            throw new InvalidRangeException("Tdataset range invalid. Rows at regular times have a range by time (t1, t2), not by index. Leave out i1 and i2, or give the stream whose datapoints the rows follow.", null);
        }

        (double? dt, CalendarStep? step) = StepOf(fields);
        return new DatasetQuery
        {
            X = stream is not null ? [stream] : merge is not null ? DataQueryJson.ReadAll(merge) : [],
            T1 = stream is not null ? stream.T1 : fields.Number("t1") ?? 0,
            T2 = stream is not null ? null : fields.Number("t2"),
            Dt = dt,
            Step = step,
            TimeZone = fields.Text("timezone") is { Length: > 0 } zone ? zone : null,
            Stamp = StampOf(fields),
            HasZeroMeans = !(fields.Flag("nullmeans") ?? false),
            Columns = Columns(fields),
            PostTransform = fields.Text("posttransform") is { Length: > 0 } script ? script : null,
            Force = fields.Flag("force") ?? false,
        };
    }

    private static (double? Dt, CalendarStep? Step) StepOf(JsonFields fields)
    {
        if (fields.Value("dt") is not { Kind: DataKind.Text } text)
        {
            return (fields.Number("dt") is { } dt && dt != 0 ? dt : null, null);
        }

        return CalendarStep.Parse(text.AsText()) is { } step
            ? (null, step)
            : throw new InvalidValueException($"The step '{text.AsText()}' is neither a number of seconds nor a calendar step such as \"1d\", \"1w\", \"1mo\", \"1q\" or \"1y\".", text.AsText());
    }

    private static RowStamp StampOf(JsonFields fields) => fields.Text("stamp") switch
    {
        null or "" or End => RowStamp.End,
        Start => RowStamp.Start,
        var other => throw new InvalidValueException($"The stamp '{other}' is neither \"{Start}\" nor \"{End}\".", other),
    };

    private static List<DatasetColumn> Columns(JsonFields fields)
    {
        List<DatasetColumn> columns = [];
        DataValue dataset = fields.Value("dataset") ?? throw new InvalidValueException("The dataset query must have a dataset! Give {\"dataset\": {column: query}}.", null);
        if (dataset.Kind != DataKind.Object)
        {
            throw new InvalidValueException("The 'dataset' of a dataset query must be an object: {column: query}.", null);
        }

        foreach ((string name, DataValue element) in dataset.AsObject().Members)
        {
            columns.Add(Column(name, JsonFields.Of(element, $"The column '{name}'")));
        }

        return columns;
    }

    private static DatasetColumn Column(string name, JsonFields fields)
    {
        DataQuery? stream = DataQueryJson.TryRead(fields);
        DataValue[]? merge = fields.Array("merge");
        return new DatasetColumn
        {
            Name = name,
            Sources = (stream, merge) switch
            {
                (not null, not null) => throw new InvalidValueException($"Dataset element cannot have both a merge and a stream: '{name}' has.", name),
                (not null, _) => [stream],
                (_, not null) when fields.Text("transform") is { Length: > 0 }
                    => throw new InvalidValueException($"Set transforms within each merge element instead of overall for dataset element '{name}'.", name),
                (_, not null) => DataQueryJson.ReadAll(merge),
                _ => throw new InvalidValueException($"No stream(s) were selected for dataset element '{name}'.", name),
            },
            Interpolator = fields.Text("interpolator") ?? "",
            AllowNull = fields.Flag("allownil") ?? false,
        };
    }

    private static void Write(Utf8JsonWriter writer, DatasetColumn column)
    {
        writer.WriteStartObject();
        if (column.Sources is [{ } source])
        {
            DataQueryJson.WriteFields(writer, source);
        }
        else
        {
            writer.WritePropertyName("merge");
            DataQueryJson.WriteAll(writer, column.Sources);
        }

        writer.WriteString("interpolator", column.Interpolator);
        writer.WriteBoolean("allownil", column.AllowNull);
        writer.WriteEndObject();
    }
}
