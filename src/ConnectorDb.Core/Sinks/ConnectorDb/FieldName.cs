using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>A field of a measurement that has a stream of its own.</summary>
internal sealed record FieldName(string Measurement, string Field)
{
    private const string Begin = "The field '";
    private const string Middle = "' of the measurement '";

    /// <summary>The name of its stream.</summary>
    public string Stream => StreamNames.NameOf($"{Measurement}_{Field}");

    /// <summary>The description of a stream that is created for it.</summary>
    public string Description => $"{Begin}{Field}{Middle}{Measurement}'.";

    /// <summary>True when a field of another name may have the same stream, because characters were replaced or two names joined.</summary>
    public bool IsAmbiguous => Stream.Count(c => c == '_') > 1;

    /// <summary>The field in the description of a stream, as <see cref="ToString"/> writes it; null for another description.</summary>
    public static string? OwnerIn(string description)
        => description.StartsWith(Begin, StringComparison.Ordinal) && description.Contains(Middle, StringComparison.Ordinal) && description.EndsWith("'.", StringComparison.Ordinal)
            ? OwnerOf(description)
            : null;

    public override string ToString() => OwnerOf(Description);

    private static string OwnerOf(string description) => $"the{description[3..^1]}";
}
