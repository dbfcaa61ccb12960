using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace ConnectorDb.Help.Pages;

/// <summary>The yaml block of a parameter, with the keys and the order of platyPS 1.</summary>
internal sealed record ParameterFacts
{
    public const string AllSets = "(All)";

    private static readonly IDeserializer s_reader = new DeserializerBuilder().IgnoreUnmatchedProperties().Build();
    private static readonly ISerializer s_writer = new SerializerBuilder().DisableAliases().WithNewLine("\n").Build();

    public string Type { get; init; } = "";

    public string DefaultValue { get; init; } = "None";

    public bool SupportsWildcards { get; init; }

    public string[] Aliases { get; init; } = [];

    /// <summary>One entry named <see cref="AllSets"/> when the parameter is the same in every set.</summary>
    public SetFacts[] ParameterSets { get; init; } = [];

    public bool DontShow { get; init; }

    /// <summary>The values of an enumeration or of ValidateSet.</summary>
    public string[] AcceptedValues { get; init; } = [];

    public string HelpMessage { get; init; } = "";

    /// <summary>The facts in a parameter set; those of the first set when the parameter is not in it.</summary>
    public SetFacts In(string set) => ParameterSets.FirstOrDefault(s => s.Name == set || s.Name == AllSets) ?? ParameterSets[0];

    /// <exception cref="FormatException">The text is no YAML, or names no parameter set.</exception>
    public static ParameterFacts Read(string yaml)
    {
        try
        {
            return s_reader.Deserialize<ParameterFacts>(yaml) is { ParameterSets.Length: > 0 } facts
                ? facts
                : throw new FormatException("The yaml block of a parameter names no parameter set.");
        }
        catch (YamlException problem)
        {
            throw new FormatException($"The yaml block of a parameter cannot be read: {problem.Message}", problem);
        }
    }

    public override string ToString() => s_writer.Serialize(this).TrimEnd();
}
