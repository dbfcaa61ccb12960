using System.Text.Json;
using ConnectorDb.Core.Protocol.Tree;

namespace ConnectorDb.Core.Protocol.Queries;

/// <summary>Converts dataset queries to and from JSON.</summary>
public static class DatasetQueryJson
{
    public static void Write(Utf8JsonWriter writer, DatasetQuery query)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(query);
        writer.WriteStartObject();
        if (query.X is [{ } x] && x.T1 == query.T1)
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
        writer.WriteStartObject("dataset");
        foreach (DatasetColumn column in query.Columns)
        {
            writer.WritePropertyName(column.Name);
            Write(writer, column);
        }

        writer.WriteEndObject();
        writer.WriteIfGiven("posttransform", query.PostTransform);
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

        return new DatasetQuery
        {
            X = stream is not null ? [stream] : merge is not null ? DataQueryJson.ReadAll(merge) : [],
            T1 = stream is not null ? stream.T1 : fields.Number("t1"),
            T2 = stream is not null ? null : fields.Number("t2"),
            Dt = fields.Number("dt") is { } dt && dt != 0 ? dt : null,
            Columns = Columns(fields),
            PostTransform = fields.Text("posttransform") is { Length: > 0 } script ? script : null,
            Force = fields.Flag("force") ?? false,
        };
    }

    private static List<DatasetColumn> Columns(JsonFields fields)
    {
        List<DatasetColumn> columns = [];
        DataValue dataset = fields.Value("dataset") ?? throw new InvalidValueException("The dataset query must have a dataset: {\"dataset\": {column: query}}.", null);
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
                (not null, not null) => throw new InvalidValueException($"Dataset element '{name}' cannot have both a merge and a stream.", name),
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
