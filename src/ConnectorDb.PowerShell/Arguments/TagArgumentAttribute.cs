using System.Collections;
using System.Management.Automation;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts arguments to tags: a dictionary, an object, or text such as <c>room=kitchen; floor=2</c>, the text of <see cref="PollItemTags"/>.</summary>
public sealed class TagArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => PowerShellObject.UnwrapUnlessCustom(inputData) switch
    {
        null => null,
        PollItemTags tags => tags,
        IDictionary tags => new PollItemTags(tags.Cast<DictionaryEntry>().Select(tag => KeyValuePair.Create($"{tag.Key}", $"{tag.Value}"))),
        PSObject custom => new PollItemTags(custom.Properties.Select(tag => KeyValuePair.Create(tag.Name, $"{tag.Value}"))),
        string text when PollItemTags.TryParse(text, out PollItemTags? tags) => tags,
        var other => throw new ArgumentTransformationMetadataException($"'{other}' is not a list of tags. Give a hashtable such as @{{ room = 'kitchen' }}, or text such as 'room=kitchen; floor=2'."),
    };
}
