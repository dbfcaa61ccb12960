using System.Text.Json;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>Reads the destinations of a configuration.</summary>
/// <param name="path">The configuration.</param>
/// <param name="check">Says by an exception what cannot be.</param>
internal sealed class SinkReader(string path, FaultList faults, Action<SinkSettings>? check)
{
    private readonly SecretReader _secrets = new(path, faults);

    /// <summary>The destinations; those that something is wrong with are left out.</summary>
    public IReadOnlyList<SinkSettings> Read(PlacedJson list)
    {
        if (list.Kind != JsonTokenType.StartArray)
        {
            faults.Say(list, "sinks has to be a list of destinations.");
        }

        List<SinkSettings> sinks = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (PlacedJson each in list.Elements)
        {
            int before = faults.Count;
            SinkSettings? sink = ReadOne(each);
            if (sink is null || faults.Count > before)
            {
                continue;
            }

            if (!names.Add(sink.Name ?? sink.Kind))
            {
                faults.Say(each, $"There is another sink '{sink.Name ?? sink.Kind}' above. Give each of them a name.");
            }

            Check(each, sink);
            sinks.Add(sink);
        }

        return sinks;
    }

    private SinkSettings? ReadOne(PlacedJson json)
    {
        string[] kinds = [.. json.Members.Select(member => member.Name).Where(SinkForm.All.ContainsKey)];
        if (kinds is not [string kind])
        {
            faults.Say(json, $"A sink needs one of these members, which says where it sends to: {string.Join(", ", SinkForm.All.Keys)}.");
            return null;
        }

        SinkForm form = SinkForm.All[kind];
        PlacedMembers members = new(json, "The sink", [kind, SinkForm.Name, .. form.Members], faults, StringComparer.OrdinalIgnoreCase);
        return form.Read(new SinkDescription(members.RequiredText(kind), members, _secrets, Path.GetDirectoryName(path)!)) with { Name = members.Text(SinkForm.Name) };
    }

    private void Check(PlacedJson place, SinkSettings sink)
    {
        try
        {
            check?.Invoke(sink);
        }
        catch (InvalidValueException error)
        {
            faults.Say(place, error.Message);
        }
    }
}
