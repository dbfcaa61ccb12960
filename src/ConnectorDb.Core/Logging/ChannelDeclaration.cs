using System.Text.Json.Nodes;
using ConnectorDb.Fields;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging;

/// <summary>The declarations of a channel: a second one can add to the first, but not contradict it.</summary>
internal static class ChannelDeclaration
{
    private const string AnySchema = "{}";

    private static readonly (string Name, Func<StreamDefinition, string?> ValueOf)[] s_texts =
    [
        (nameof(StreamDefinition.Nickname), stream => stream.Nickname), (nameof(StreamDefinition.Description), stream => stream.Description), (nameof(StreamDefinition.Datatype), stream => stream.Datatype),
    ];

    /// <summary>The channel after a declaration.</summary>
    /// <param name="old">The channel before; null for none.</param>
    /// <param name="isReplacing">The declaration takes the place of the first one. Entries that wait stay, so the kind does too.</param>
    /// <exception cref="InvalidValueException">The declarations contradict each other.</exception>
    public static LogChannel Of(LogChannel? old, LogChannel given, bool isReplacing)
        => old is null ? given
            : old.Kind != given.Kind ? throw OfOtherKind(old, given.Kind)
            : isReplacing ? given
            : Merge(old, given);

    private static LogChannel Merge(LogChannel old, LogChannel given)
    {
        if (old.Definition?.Schema is { } schema and not AnySchema && given.Definition?.Schema is { } other && !JsonNode.DeepEquals(JsonNode.Parse(schema), JsonNode.Parse(other)))
        {
            throw Contradiction(old, $"with the schema {schema}", $"Add-CdbLoggerStream {old.Name} -Schema '{other}' -Replace");
        }

        if (old.Definition is { } declared && given.Definition is { } changed)
        {
            DemandSameTexts(old, declared, changed);
        }

        DemandSame(old, given, "fields", channel => channel.Fields);
        DemandSame(old, given, "tags", channel => channel.Tags);
        StreamDefinition? definition = old.Definition is { } before && given.Definition is { } now ? StreamFields.All.Merge(before, now) : given.Definition ?? old.Definition;
        return given with { Definition = definition, IsToCreate = old.IsToCreate || given.IsToCreate, Fields = given.Fields ?? old.Fields, Tags = given.Tags ?? old.Tags, PointTags = given.PointTags ?? old.PointTags };
    }

    public static InvalidValueException OfOtherKind(LogChannel found, ChannelKind kind)
        => new($"The channel '{found.Name}' is of the kind {found.Kind} and cannot be used as {kind}. Choose another name.", found.Name);

    private static void DemandSame(LogChannel old, LogChannel given, string kind, Func<LogChannel, IReadOnlyList<string>?> namesOf)
    {
        if (namesOf(old) is { } before && namesOf(given) is { } now && !before.ToHashSet(StringComparer.Ordinal).SetEquals(now))
        {
            string names = before.Count == 0 ? $"without {kind}" : $"with the {kind} {string.Join(", ", before)}";
            throw Contradiction(old, names, $"Add-CdbLoggerMeasurement {Quoted([old.Name])}{Argument("Field", given.Fields)}{Argument("Tag", given.Tags)} -Replace");
        }
    }

    private static void DemandSameTexts(LogChannel old, StreamDefinition declared, StreamDefinition given)
    {
        foreach ((string property, Func<StreamDefinition, string?> valueOf) in s_texts)
        {
            if (valueOf(declared) is { Length: > 0 } before && valueOf(given) is { } now && before != now)
            {
                string all = string.Concat(s_texts.Select(each => Argument(each.Name, OneOf(each.ValueOf(given) ?? each.ValueOf(declared)))));
                throw Contradiction(old, $"with the {property.ToLowerInvariant()} '{before}'", $"Add-CdbLoggerStream {old.Name}{Argument("Schema", OneOf(given.Schema ?? declared.Schema))}{all} -Force -Replace");
            }
        }
    }

    private static string[] OneOf(string? value) => value is null ? [] : [value];

    private static string Argument(string parameter, IReadOnlyList<string>? names) => names is { Count: > 0 } ? $" -{parameter} {Quoted(names)}" : "";

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'"));

    private static InvalidValueException Contradiction(LogChannel old, string before, string change)
        => new($"'{old.Name}' is already declared {before}. Choose another name, or change the declaration: {change}.", old.Name);
}
