using System.Text.Json;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>Reads a configuration, and gathers all that is wrong with it.</summary>
internal sealed class PollFileReader(string path, PollFileContext context)
{
    private static readonly string[] s_ofFile = ["$schema", "database", "polling_threads", "items", "destination", "metrics"];
    private static readonly string[] s_ofMetrics = ["interval", "name"];
    private static readonly string[] s_ofItem = ["name", "key", "arg", "interval", "timeout", "stream", "unit", "tags"];
    private readonly FaultList _faults = new();

    /// <exception cref="InvalidConfigurationException">Something is wrong with it.</exception>
    public PollConfiguration Read(byte[] json)
    {
        PlacedJson root = Parse(json);
        PlacedMembers file = Members(root);
        PollConfiguration configuration = new()
        {
            Concurrency = (int?)file.Whole("polling_threads", 1, 1000),
            Destination = new DestinationReader(path, _faults, context).Read(file.Find("destination"), file.Text("database")),
            Metrics = file.Find("metrics") is { } metrics ? ReadMetrics(metrics) : null,
            Items = ReadItems(root, file),
        };
        _faults.ThrowIfAny(path);
        return configuration;
    }

    /// <summary>The items alone, for those who do not send anything and may not know the secrets that the file refers to.</summary>
    /// <exception cref="InvalidConfigurationException">Something is wrong with them.</exception>
    public IReadOnlyList<PollItem> ReadItems(byte[] json)
    {
        PlacedJson root = Parse(json);
        IReadOnlyList<PollItem> items = ReadItems(root, Members(root));
        _faults.ThrowIfAny(path);
        return items;
    }

    private PlacedJson Parse(byte[] json)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        ReadOnlySpan<byte> text = json.AsSpan().StartsWith(mark) ? json.AsSpan(mark.Length) : json;
        if (text.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw new InvalidConfigurationException(path, ["line 1: it is empty. Begin with {\"items\": []}, or remove it and let Add-CdbPollItem -Path make it."]);
        }

        try
        {
            return PlacedJson.Parse(text);
        }
        catch (JsonException error)
        {
            throw new InvalidConfigurationException(path, [$"line {error.LineNumber + 1}: it is no JSON: {error.Message.Split(" LineNumber:")[0]}"]);
        }
    }

    private PlacedMembers Members(PlacedJson root)
    {
        PlacedMembers file = new(root, "The file", s_ofFile, _faults);
        file.Text("$schema");
        return file;
    }

    private PollMetrics ReadMetrics(PlacedJson json)
    {
        PlacedMembers members = new(json, "metrics", s_ofMetrics, _faults);
        PollMetrics metrics = new() { Interval = members.Seconds("interval") ?? TimeSpan.Zero };
        if (metrics.Fault is { } fault)
        {
            _faults.Say(members.Find("interval") ?? json, fault);
        }

        return members.Text("name") is { } name ? metrics with { Name = name } : metrics;
    }

    private List<PollItem> ReadItems(PlacedJson root, PlacedMembers file)
    {
        List<PollItem> items = [];
        PlacedJson? list = file.Find("items");
        if (list?.Kind != JsonTokenType.StartArray)
        {
            _faults.Say(list ?? root, "items has to be a list of items.");
            return items;
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (PlacedJson each in list.Elements)
        {
            PollItem item = ReadItem(each);
            if (item.Name.Length > 0 && !names.Add(item.Name))
            {
                _faults.Say(each, $"There is another item '{item.Name}' above.");
            }

            items.Add(item);
        }

        return items;
    }

    private PollItem ReadItem(PlacedJson json)
    {
        PlacedMembers members = new(json, "An item", s_ofItem, _faults);
        int before = _faults.Count;
        PollItem item = new()
        {
            Name = members.Text("name") ?? "",
            Key = members.Text("key") ?? "",
            Argument = members.Text("arg"),
            Interval = members.Seconds("interval") ?? TimeSpan.Zero,
            Timeout = members.Seconds("timeout"),
            Stream = members.Text("stream"),
            Unit = members.Text("unit"),
            Tags = members.Texts("tags") ?? [],
        };
        foreach (string fault in _faults.Count == before ? item.Faults() : [])
        {
            _faults.Say(json, fault);
        }

        if (item.Key.Length > 0 && !context.Knows(item.Key))
        {
            _faults.Say(members.Find("key")!, $"There is no sampler '{item.Key}'. Get-CdbSampler lists those there are.");
        }
        else if (SamplerCatalog.FaultOf(item) is { } ofArgument)
        {
            _faults.Say(members.Find("arg") ?? json, ofArgument);
        }

        return item;
    }
}
