using System.Text.RegularExpressions;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Sinks.Mqtt;

/// <summary>A topic with <c>{channel}</c> for the name of the channel, and <c>{TAG}</c> for one of its tags.</summary>
internal sealed partial class TopicTemplate
{
    private const string Channel = "channel";
    private const string NoTag = "-";
    private readonly string _template;

    /// <exception cref="InvalidValueException">The text cannot be a topic to publish to.</exception>
    public TopicTemplate(string template)
    {
        _template = template;
        if (template.Length == 0 || template[0] == '$' || template.AsSpan().IndexOfAny('+', '#', '\0') >= 0)
        {
            throw new InvalidValueException($"'{template}' is not a topic to publish to: it is empty, begins with $, or contains + or #. Give one such as 'home/{{channel}}'.", "Topic");
        }
    }

    public string Of(LogChannel channel)
        => Placeholder().Replace(_template, found => Level(found.Groups["name"].Value is var name && name == Channel ? channel.Name
            : channel.PointTags?.TryGetValue(name, out string? tag) == true && tag.Length > 0 ? tag : NoTag));

    // A path stays a path of levels; wildcards are for subscriptions only.
    private static string Level(string text) => Wildcard().Replace(text, "_");

    [GeneratedRegex(@"\{(?<name>[^{}]+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[+#\0]")]
    private static partial Regex Wildcard();
}
