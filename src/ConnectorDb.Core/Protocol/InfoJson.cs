using System.Text.Json;
using ConnectorDb.Core.Protocol.Tree;

namespace ConnectorDb.Core.Protocol;

/// <summary>Reads the catalogs of transforms and interpolators of a server.</summary>
public static class InfoJson
{
    public static void WriteTransforms(Utf8JsonWriter writer, IEnumerable<TransformInfo> transforms)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(transforms);
        writer.WriteStartObject();
        foreach (TransformInfo info in transforms)
        {
            writer.WriteStartObject(info.Name);
            writer.WriteString("name", info.Name);
            writer.WriteString("description", info.Description);
            writer.WriteString("documentation", info.Documentation);
            writer.WriteStartArray("args");
            foreach (ArgumentInfo argument in info.Arguments)
            {
                Write(writer, argument);
            }

            writer.WriteEndArray();
            WriteTexts(writer, "examples", info.Examples);
            writer.WriteBoolean("one_to_one", info.OneToOne);
            writer.WriteBoolean("stateless", info.Stateless);
            writer.WriteBoolean("peek", info.Peek);
            writer.WriteString("ischema", info.InputSchema);
            writer.WriteString("oschema", info.OutputSchema);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    public static void WriteInterpolators(Utf8JsonWriter writer, IEnumerable<InterpolatorInfo> interpolators)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(interpolators);
        writer.WriteStartObject();
        foreach (InterpolatorInfo info in interpolators)
        {
            writer.WriteStartObject(info.Name);
            writer.WriteString("name", info.Name);
            writer.WriteString("description", info.Description);
            writer.WriteString("documentation", info.Documentation);
            WriteTexts(writer, "examples", info.Examples);
            writer.WriteString("ischema", "");
            writer.WriteString("oschema", "");
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <exception cref="InvalidValueException">The JSON is not a catalog of transforms.</exception>
    public static TransformInfo[] ReadTransforms(DataValue body)
        => Each(body, (name, fields) => new TransformInfo
        {
            Name = name,
            Description = fields.Text("description") ?? "",
            Documentation = fields.Text("documentation") ?? "",
            Arguments = (fields.Array("args") ?? []).Select((argument, i) => Argument(i, JsonFields.Of(argument, "An argument"))).ToArray(),
            Examples = Texts(fields, "examples"),
            OneToOne = fields.Flag("one_to_one") ?? false,
            Stateless = fields.Flag("stateless") ?? false,
            Peek = fields.Flag("peek") ?? false,
            InputSchema = fields.Text("ischema") ?? "",
            OutputSchema = fields.Text("oschema") ?? "",
        });

    /// <exception cref="InvalidValueException">The JSON is not a catalog of interpolators.</exception>
    public static InterpolatorInfo[] ReadInterpolators(DataValue body)
        => Each(body, (name, fields) => new InterpolatorInfo
        {
            Name = name,
            Description = fields.Text("description") ?? "",
            Documentation = fields.Text("documentation") ?? "",
            Examples = Texts(fields, "examples"),
        });

    private static void Write(Utf8JsonWriter writer, ArgumentInfo argument)
    {
        writer.WriteStartObject();
        writer.WriteString("name", argument.Name);
        writer.WriteString("description", argument.Description);
        writer.WriteBoolean("optional", argument.Optional);
        writer.WriteIfGiven("default", argument.Default);
        writer.WriteBoolean("constant", argument.Constant);
        writer.WriteBoolean("hijacked", argument.Body);
        writer.WriteEndObject();
    }

    private static ArgumentInfo Argument(int place, JsonFields fields) => new()
    {
        Name = fields.Text("name") ?? $"arg{place + 1}",
        Description = fields.Text("description") ?? "",
        Optional = fields.Flag("optional") ?? false,
        Default = fields.Value("default") is { } value ? value.Kind == DataKind.Text ? value.AsText() : value.ToJson() : null,
        Constant = fields.Flag("constant") ?? false,
        Body = fields.Flag("hijacked") ?? false,
    };

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string[] Texts(JsonFields fields, string name) => Array.ConvertAll(fields.Array(name) ?? [], text => text.AsText());

    private static T[] Each<T>(DataValue body, Func<string, JsonFields, T> read)
    {
        if (body.Kind != DataKind.Object)
        {
            throw new InvalidValueException("The catalog of transforms must be a JSON object.", null);
        }

        List<(string Name, T Item)> items = [];
        foreach ((string name, DataValue value) in body.AsObject().Members)
        {
            items.Add((name, read(name, JsonFields.Of(value, $"'{name}'"))));
        }

        return items.OrderBy(item => item.Name, StringComparer.Ordinal).Select(item => item.Item).ToArray();
    }
}
