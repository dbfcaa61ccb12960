using System.Globalization;
using System.Text.Json;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>Reads a configuration, and gathers all that is wrong with it.</summary>
internal sealed class PollFileReader(string path, Func<string, bool> knows)
{
    private static readonly string[] s_ofFile = ["$schema", "database", "polling_threads", "items", "destination"];
    private static readonly string[] s_ofDestination = ["logger", "measurement"];
    private static readonly string[] s_ofItem = ["name", "key", "arg", "interval", "timeout", "stream", "unit", "tags"];
    private readonly List<(int Line, string Fault)> _faults = [];

    /// <exception cref="InvalidConfigurationException">Something is wrong with it.</exception>
    public PollConfiguration Read(byte[] json)
    {
        PlacedJson root = Parse(json);
        Dictionary<string, PlacedJson> file = Members(root, "The file", s_ofFile);
        Dictionary<string, PlacedJson> destination = file.TryGetValue("destination", out PlacedJson? given) ? Members(given, "The destination", s_ofDestination) : [];
        Text(file, "$schema");
        double? threads = Number(file, "polling_threads");
        if (threads is { } count && (count < 1 || count > 1000 || count != Math.Floor(count)))
        {
            Say(file["polling_threads"], "polling_threads has to be a whole number from 1 to 1000.");
        }

        PollConfiguration configuration = new PollConfiguration
        {
            Concurrency = (int?)threads,
            Logger = Text(destination, "logger") is { } logger ? Path.GetFullPath(logger, Path.GetDirectoryName(path)!) : null,
            Measurement = Text(destination, "measurement"),
            Items = ReadItems(root, file),
        }.WithDatabase(Text(file, "database"));
        return _faults.Count == 0 ? configuration : throw new InvalidConfigurationException(path, [.. _faults.OrderBy(each => each.Line).Select(each => $"line {each.Line}: {each.Fault}")]);
    }

    private PlacedJson Parse(byte[] json)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        try
        {
            return PlacedJson.Parse(json.AsSpan().StartsWith(mark) ? json.AsSpan(mark.Length) : json);
        }
        catch (JsonException error)
        {
            throw new InvalidConfigurationException(path, [$"line {error.LineNumber + 1}: it is no JSON: {error.Message.Split(" LineNumber:")[0]}"]);
        }
    }

    private List<PollItem> ReadItems(PlacedJson root, Dictionary<string, PlacedJson> file)
    {
        List<PollItem> items = [];
        if (!file.TryGetValue("items", out PlacedJson? list) || list.Kind != JsonTokenType.StartArray)
        {
            Say(list ?? root, "items has to be a list of items.");
            return items;
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (PlacedJson each in list.Elements)
        {
            PollItem item = ReadItem(each);
            if (item.Name.Length > 0 && !names.Add(item.Name))
            {
                Say(each, $"There is another item '{item.Name}' above.");
            }

            items.Add(item);
        }

        return items;
    }

    private PollItem ReadItem(PlacedJson json)
    {
        int before = _faults.Count;
        Dictionary<string, PlacedJson> members = Members(json, "An item", s_ofItem);
        PollItem item = new()
        {
            Name = Text(members, "name") ?? "",
            Key = Text(members, "key") ?? "",
            Argument = Text(members, "arg"),
            Interval = Seconds(members, "interval") ?? TimeSpan.Zero,
            Timeout = Seconds(members, "timeout"),
            Stream = Text(members, "stream"),
            Unit = Text(members, "unit"),
            Tags = members.TryGetValue("tags", out PlacedJson? tags) ? ReadTags(tags) : new Dictionary<string, string>(),
        };
        foreach (string fault in _faults.Count == before ? item.Faults() : [])
        {
            Say(json, fault);
        }

        if (item.Key.Length > 0 && !knows(item.Key))
        {
            Say(members["key"], $"There is no sampler '{item.Key}'. Get-CdbSampler lists those there are.");
        }

        return item;
    }

    private Dictionary<string, string> ReadTags(PlacedJson json)
    {
        Dictionary<string, PlacedJson> members = Members(json, "tags", null);
        return members.Keys.ToDictionary(name => name, name => Text(members, name) ?? "");
    }

    private Dictionary<string, PlacedJson> Members(PlacedJson json, string what, string[]? known)
    {
        Dictionary<string, PlacedJson> members = new(StringComparer.Ordinal);
        if (json.Kind != JsonTokenType.StartObject)
        {
            Say(json, $"{what} has to be an object.");
        }

        foreach ((string name, PlacedJson value) in json.Members)
        {
            if (known?.Contains(name) == false)
            {
                Say(value, $"{what} has '{name}', which means nothing here. What it may have: {string.Join(", ", known)}.");
            }
            else if (!members.TryAdd(name, value))
            {
                Say(value, $"{what} has '{name}' twice.");
            }
        }

        return members;
    }

    private string? Text(Dictionary<string, PlacedJson> members, string name)
    {
        if (!members.TryGetValue(name, out PlacedJson? value) || value.Kind == JsonTokenType.Null)
        {
            return null;
        }

        if (value.Kind != JsonTokenType.String)
        {
            Say(value, $"{name} has to be a text.");
        }

        return value.Text;
    }

    private double? Number(Dictionary<string, PlacedJson> members, string name)
    {
        if (!members.TryGetValue(name, out PlacedJson? value) || value.Kind == JsonTokenType.Null)
        {
            return null;
        }

        if (value.Kind == JsonTokenType.Number)
        {
            return double.Parse(value.Text, CultureInfo.InvariantCulture);
        }

        Say(value, $"{name} has to be a number.");
        return null;
    }

    private TimeSpan? Seconds(Dictionary<string, PlacedJson> members, string name)
    {
        double? seconds = Number(members, name);
        if (seconds is not { } given)
        {
            return null;
        }

        if (Math.Abs(given) < TimeSpan.MaxValue.TotalSeconds / 2)
        {
            return TimeSpan.FromSeconds(given);
        }

        Say(members[name], $"{name} is not a number of seconds.");
        return null;
    }

    private void Say(PlacedJson place, string fault) => _faults.Add((place.Line, fault));
}
