namespace ConnectorDb.Help.Pages;

/// <summary>A parameter in one parameter set.</summary>
internal sealed record SetFacts
{
    public string Name { get; init; } = ParameterFacts.AllSets;

    /// <summary>A number, or Named.</summary>
    public string Position { get; init; } = "Named";

    public bool IsRequired { get; init; }

    public bool ValueFromPipeline { get; init; }

    public bool ValueFromPipelineByPropertyName { get; init; }

    public bool ValueFromRemainingArguments { get; init; }
}
