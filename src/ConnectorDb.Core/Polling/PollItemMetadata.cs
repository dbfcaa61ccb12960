using ConnectorDb.Logging;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>Adds the tags, unit and description of a poll item to its channel.</summary>
internal static class PollItemMetadata
{
    private const string UnitTag = "unit";

    /// <summary>Returns the channel with the tags of the item. A channel to create without definition gets the unit as datatype and a description.</summary>
    public static LogChannel Describe(LogChannel channel, PollItem item)
    {
        Dictionary<string, string> tags = Tags(item);
        bool isTagged = tags.Count == (channel.PointTags?.Count ?? 0) && tags.All(tag => channel.PointTags!.TryGetValue(tag.Key, out string? value) && value == tag.Value);
        LogChannel tagged = isTagged ? channel : channel with { PointTags = tags };
        return tagged is { IsToCreate: true, Definition: null } ? tagged with { Definition = Stream(item) } : tagged;
    }

    private static StreamDefinition Stream(PollItem item)
    {
        SamplerInfo? sampler = SamplerCatalog.All.FirstOrDefault(info => info.Key == item.Key);
        string[] words = [sampler?.Description ?? item.Key, .. item.Tags.Select(tag => $"{tag.Key}: {tag.Value}.")];
        return new StreamDefinition { Datatype = item.Unit ?? sampler?.Unit, Description = string.Join(' ', words) };
    }

    /// <summary>The tags of the item and its unit.</summary>
    private static Dictionary<string, string> Tags(PollItem item)
    {
        Dictionary<string, string> tags = new(item.Tags, StringComparer.Ordinal);
        if (item.Unit is { } unit)
        {
            tags.TryAdd(UnitTag, unit);
        }

        return tags;
    }
}
