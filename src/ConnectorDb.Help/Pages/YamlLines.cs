namespace ConnectorDb.Help.Pages;

/// <summary>
/// The <c>key: value</c> lines that platyPS pages carry. They look like YAML, but their values are plain text
/// (<c>True (ByValue)</c>, <c>@{}</c>, <c>*</c>), which a YAML reader would refuse.
/// </summary>
internal static class YamlLines
{
    public static IReadOnlyDictionary<string, string> Read(string text)
    {
        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in text.Split('\n'))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                values[line[..colon].Trim()] = line[(colon + 1)..].Trim();
            }
        }

        return values;
    }
}
