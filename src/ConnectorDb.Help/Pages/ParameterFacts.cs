namespace ConnectorDb.Help.Pages;

/// <summary>What a page says of a parameter, in some or all parameter sets, in the words of platyPS.</summary>
internal sealed record ParameterFacts
{
    public const string AllSets = "(All)";

    public required string Type { get; init; }

    /// <summary>The names of the sets; <see cref="AllSets"/> alone when it is in every one, the same way.</summary>
    public required IReadOnlyList<string> Sets { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The values it takes, when they are a known few.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public bool Required { get; init; }

    /// <summary>A number, or Named.</summary>
    public string Position { get; init; } = "Named";

    public string Default { get; init; } = "None";

    /// <summary>False, or True with how: <c>True (ByPropertyName, ByValue)</c>.</summary>
    public string Pipeline { get; init; } = "False";

    public bool Wildcards { get; init; }

    public bool IsIn(string set) => Sets.Contains(AllSets) || Sets.Contains(set);

    public static ParameterFacts Read(string yaml)
    {
        IReadOnlyDictionary<string, string> lines = YamlLines.Read(yaml);
        return new ParameterFacts
        {
            Type = lines.GetValueOrDefault("Type", ""),
            Sets = List(lines.GetValueOrDefault("Parameter Sets", AllSets)),
            Aliases = List(lines.GetValueOrDefault("Aliases", "")),
            Values = List(lines.GetValueOrDefault("Accepted values", "")),
            Required = IsTrue(lines.GetValueOrDefault("Required", "")),
            Position = lines.GetValueOrDefault("Position", "Named"),
            Default = lines.GetValueOrDefault("Default value", "None"),
            Pipeline = lines.GetValueOrDefault("Accept pipeline input", "False"),
            Wildcards = IsTrue(lines.GetValueOrDefault("Accept wildcard characters", "")),
        };
    }

    public override string ToString()
    {
        string values = Values.Count == 0 ? "" : $"Accepted values: {string.Join(", ", Values)}\n";
        return $"""
            Type: {Type}
            Parameter Sets: {string.Join(", ", Sets)}
            Aliases: {string.Join(", ", Aliases)}
            {values}
            Required: {Required}
            Position: {Position}
            Default value: {Default}
            Accept pipeline input: {Pipeline}
            Accept wildcard characters: {Wildcards}
            """.ReplaceLineEndings("\n").Replace(": \n", ":\n", StringComparison.Ordinal);
    }

    private static string[] List(string text)
        => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool IsTrue(string text) => text.StartsWith("True", StringComparison.OrdinalIgnoreCase);
}
