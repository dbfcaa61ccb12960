using System.Text.Json;

namespace ConnectorDb;

/// <summary>Describes JSON that cannot be parsed. The messages of the parser are for programmers, and name types of .NET.</summary>
internal static class JsonFault
{
    private static readonly string s_tooDeep = $"has more than {DataValue.MaxDepth} levels of arrays and objects inside each other, which is the maximum. Make it flatter.";

    /// <summary>The rest of a sentence about the text: that it is not JSON and where, or nested too deep.</summary>
    public static string Of(JsonException error) => IsTooDeep(error) ? s_tooDeep : $"is not JSON. {Describe(error)}";

    /// <inheritdoc cref="Of"/>
    /// <remarks>For parsers of datapoints, which do not see whole lines.</remarks>
    public static string OfLine(JsonException error) => IsTooDeep(error) ? s_tooDeep : $"is not JSON. {DescribeLine(error)} A text needs quotation marks, such as \"on\".";

    /// <summary>A sentence with the position at which the text is not JSON.</summary>
    public static string Describe(JsonException error) => error switch
    {
        { LineNumber: { } line, BytePositionInLine: { } position } => $"The error is in line {line + 1} at byte {position + 1}.",
        { InnerException: InvalidOperationException } => error.Message,
        _ => "Check its brackets and quotes.",
    };

    private static string DescribeLine(JsonException error)
        => error is { LineNumber: { } line } ? $"The error is in line {line + 1}." : Describe(error);

    // The parser tells this only in its text.
    private static bool IsTooDeep(JsonException error) => error.Message.Contains("maximum configured depth", StringComparison.Ordinal);
}
