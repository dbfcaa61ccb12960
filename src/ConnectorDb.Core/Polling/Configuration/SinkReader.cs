using System.Text.Json;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>Reads the sinks of a configuration.</summary>
/// <param name="path">The configuration file.</param>
/// <param name="check">Throws for an impossible sink.</param>
internal sealed class SinkReader(string path, ConfigErrors errors, Action<SinkSettings>? check)
{
    private readonly SecretReader _secrets = new(path, errors);

    /// <summary>The sinks without errors.</summary>
    public IReadOnlyList<SinkSettings> Read(PositionedJson list)
    {
        if (list.Kind != JsonTokenType.StartArray)
        {
            errors.Add(list, "sinks must be an array.");
        }

        List<SinkSettings> sinks = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (PositionedJson each in list.Elements)
        {
            int before = errors.Count;
            SinkSettings? sink = ReadOne(each);
            if (sink is null || errors.Count > before)
            {
                continue;
            }

            if (!names.Add(sink.Name ?? sink.Kind))
            {
                errors.Add(each, $"The sink name '{sink.Name ?? sink.Kind}' is used above. Give each sink its own name.");
            }

            Check(each, sink);
            sinks.Add(sink);
        }

        return sinks;
    }

    private SinkSettings? ReadOne(PositionedJson json)
    {
        string[] kinds = [.. json.Members.Select(member => member.Name).Where(SinkConfigSchema.All.ContainsKey)];
        if (kinds is not [string kind])
        {
            errors.Add(json, $"A sink needs one of these members for its target: {string.Join(", ", SinkConfigSchema.All.Keys)}.");
            return null;
        }

        SinkConfigSchema schema = SinkConfigSchema.All[kind];
        ObjectReader members = new(json, "The sink", [kind, SinkConfigSchema.Name, .. schema.Members], errors, StringComparer.OrdinalIgnoreCase);
        return schema.Read(new SinkConfig(members.RequiredText(kind), members, _secrets, Path.GetDirectoryName(path)!)) with { Name = members.Text(SinkConfigSchema.Name) };
    }

    private void Check(PositionedJson json, SinkSettings sink)
    {
        try
        {
            check?.Invoke(sink);
        }
        catch (InvalidValueException error)
        {
            errors.Add(json, error.Message);
        }
    }
}
