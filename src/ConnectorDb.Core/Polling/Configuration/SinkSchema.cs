using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorDb.Core.Schemas;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>
/// The JSON Schema of a kind of sink in a configuration, generated from its settings class. Members are named like the parameters of
/// New-CdbSink: <c>{"influxDb": "http://localhost:8086", "database": "house"}</c>.
/// </summary>
internal sealed class SinkSchema
{
    public const string Name = "name";

    private SinkSchema(SinkKind kind)
    {
        Kind = kind;
        Target = MemberOf(kind.Name);
        Parameters = kind.Parameters.ToDictionary(parameter => MemberOf(parameter.Name), StringComparer.OrdinalIgnoreCase);
        JsonObject schema = Describe();
        schema["definitions"] = new JsonObject { ["secret"] = Secret };
        Compiled = SchemaCompiler.Compile(DataValue.Parse(schema.ToJsonString()));
    }

    public static IReadOnlyList<SinkSchema> All { get; } = [.. SinkKind.All.Select(kind => new SinkSchema(kind))];

    /// <summary>The definition of a secret, to which the schemas refer.</summary>
    public static JsonObject Secret => new()
    {
        ["description"] = "A string, an environment variable or a file. Use a string only in a file that other accounts cannot read.",
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = new JsonArray("string", "null") },
            SecretReference(SecretReader.Variable, "The name of an environment variable."),
            SecretReference(SecretReader.OtherFile, "The path of a file, such as a systemd credential, relative to this file.")),
    };

    public SinkKind Kind { get; }

    /// <summary>The member with the target, which selects the kind.</summary>
    public string Target { get; }

    /// <summary>The parameters by member.</summary>
    public IReadOnlyDictionary<string, SinkParameter> Parameters { get; }

    public IEnumerable<string> Members => [Target, Name, .. Parameters.Keys];

    public CompiledSchema Compiled { get; }

    public JsonObject Describe()
    {
        JsonObject properties = new()
        {
            [Target] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["description"] = Kind.TargetDescription },
            [Name] = new JsonObject { ["type"] = new JsonArray("string", "null"), ["description"] = "The name of the destination in the logger; without it, its kind." },
        };
        foreach ((string member, SinkParameter parameter) in Parameters)
        {
            properties[member] = Describe(parameter);
        }

        return new JsonObject
        {
            ["required"] = new JsonArray([Target, .. Parameters.Where(each => each.Value.IsRequired).Select(each => (JsonNode)each.Key)]),
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
    }

    private static JsonObject Describe(SinkParameter parameter)
    {
        JsonObject schema = parameter switch
        {
            { Type: { } type } when type == typeof(SecretText) => new JsonObject { ["$ref"] = "#/definitions/secret" },
            { Type.IsEnum: true } => new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames(parameter.Type).Select(name => (JsonNode)name), null]) },
            { Type: { } type } when type == typeof(IReadOnlyDictionary<string, string>)
                => new JsonObject { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = new JsonObject { ["type"] = "string" } },
            { IsRequired: true } => new JsonObject { ["type"] = "string", ["minLength"] = 1 },
            _ => new JsonObject { ["type"] = new JsonArray(JsonTypeOf(parameter.Type), "null") },
        };
        if (parameter.Min > long.MinValue)
        {
            schema["minimum"] = parameter.Min;
        }

        if (parameter.Max < long.MaxValue)
        {
            schema["maximum"] = parameter.Max;
        }

        schema["description"] = parameter.Description;
        return schema;
    }

    private static string JsonTypeOf(Type type)
        => type == typeof(bool) ? "boolean" : type == typeof(int) || type == typeof(long) ? "integer" : "string";

    private static JsonObject SecretReference(string member, string description) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray(member),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject { [member] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["description"] = description } },
    };

    private static string MemberOf(string parameter) => JsonNamingPolicy.CamelCase.ConvertName(parameter);
}
