using System.Text.Json;

namespace ConnectorDb.Core.Csv;

/// <summary>
/// The content of quoted fields in files of Export-CdbCsv. Texts are written as they are, and arrays and objects as JSON. A text that
/// could be mistaken for JSON, or that has control characters, is written as a JSON string.
/// </summary>
internal static class QuotedField
{
    /// <param name="value">A text, an array or an object.</param>
    public static string Write(DataValue value)
        => value.Kind != DataKind.Text || NeedsJson(value.AsText()) ? value.ToJson() : value.AsText();

    public static DataValue Read(string content)
    {
        if (!TryParse(content, out DataValue json))
        {
            return DataValue.From(content);
        }

        return json.Kind != DataKind.Text || NeedsJson(json.AsText()) ? json : DataValue.From(content);
    }

    private static bool NeedsJson(string text)
        => HasControl(text)
           || (TryParse(text, out DataValue json) && (json.Kind != DataKind.Text || NeedsJson(json.AsText())));

    private static bool HasControl(string text) => text.AsSpan().ContainsAnyInRange('\0', '\u0008')
        || text.AsSpan().ContainsAnyInRange('\u000B', '\u000C')
        || text.AsSpan().ContainsAnyInRange('\u000E', '\u001F');

    /// <summary>Parses arrays, objects and strings; other JSON has no quotes in a file.</summary>
    private static bool TryParse(string text, out DataValue value)
    {
        value = default;
        if (text.Length < 2 || text[0] is not ('{' or '[' or '"'))
        {
            return false;
        }

        try
        {
            value = DataValue.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
