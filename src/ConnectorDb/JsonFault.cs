using System.Text.Json;

namespace ConnectorDb;

/// <summary>Describes JSON that cannot be parsed. The messages of the parser are for programmers, and name types of .NET.</summary>
internal static class JsonFault
{
    /// <summary>A sentence with the position at which the text is not JSON.</summary>
    public static string Describe(JsonException error) => error switch
    {
        { LineNumber: { } line, BytePositionInLine: { } position } => $"The error is in line {line + 1} at byte {position + 1}.",
        { InnerException: InvalidOperationException } => error.Message,
        _ => "Check its brackets and quotes.",
    };

    /// <inheritdoc cref="Describe"/>
    /// <remarks>For parsers that do not see whole lines.</remarks>
    public static string DescribeLine(JsonException error)
        => error is { LineNumber: { } line } ? $"The error is in line {line + 1}." : Describe(error);
}
