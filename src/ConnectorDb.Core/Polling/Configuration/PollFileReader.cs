using System.Text.Json;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>Reads a configuration file and collects all its errors.</summary>
internal sealed class PollFileReader(string path, PollFileContext context)
{
    private static readonly string[] s_fileMembers = ["$schema", "database", "polling_threads", "items", "destination", "metrics"];
    private static readonly string[] s_metricsMembers = ["interval", "name"];
    private static readonly string[] s_itemMembers = ["name", "key", "arg", "interval", "timeout", "stream", "unit", "tags"];
    private readonly ConfigErrors _errors = new();

    /// <exception cref="InvalidConfigurationException">The file is invalid.</exception>
    public PollConfiguration Read(byte[] json)
    {
        PositionedJson root = Parse(json);
        ObjectReader file = Members(root);
        PollConfiguration configuration = new()
        {
            Concurrency = (int?)file.Whole("polling_threads", 1, 1000),
            Destination = new DestinationReader(path, _errors, context).Read(file.Find("destination"), file.Text("database")),
            Metrics = file.Find("metrics") is { } metrics ? ReadMetrics(metrics) : null,
            Items = ReadItems(root, file),
        };
        _errors.ThrowIfAny(path);
        return configuration;
    }

    /// <summary>Reads the items only. The caller may have no access to the secrets of the destination.</summary>
    /// <exception cref="InvalidConfigurationException">The items are invalid.</exception>
    public IReadOnlyList<PollItem> ReadItems(byte[] json)
    {
        PositionedJson root = Parse(json);
        IReadOnlyList<PollItem> items = ReadItems(root, Members(root));
        _errors.ThrowIfAny(path);
        return items;
    }

    private PositionedJson Parse(byte[] json)
    {
        if (json.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw new InvalidConfigurationException(path, ["line 1: the file is empty. Begin with {\"items\": []}, or delete it: Add-CdbPollItem creates it."]);
        }

        try
        {
            return PositionedJson.Parse(json);
        }
        catch (JsonException error)
        {
            throw new InvalidConfigurationException(path, [$"line {error.LineNumber + 1}: not valid JSON: {error.Message.Split(" LineNumber:")[0]}"]);
        }
    }

    private ObjectReader Members(PositionedJson root)
    {
        ObjectReader file = new(root, "The file", s_fileMembers, _errors);
        file.Text("$schema");
        return file;
    }

    private PollMetrics ReadMetrics(PositionedJson json)
    {
        ObjectReader members = new(json, "metrics", s_metricsMembers, _errors);
        PollMetrics metrics = new() { Interval = members.Seconds("interval") ?? TimeSpan.Zero };
        if (metrics.Fault is { } fault)
        {
            _errors.Add(members.Find("interval") ?? json, fault);
        }

        return members.Text("name") is { } name ? metrics with { Name = name } : metrics;
    }

    private List<PollItem> ReadItems(PositionedJson root, ObjectReader file)
    {
        List<PollItem> items = [];
        PositionedJson? list = file.Find("items");
        if (list?.Kind != JsonTokenType.StartArray)
        {
            _errors.Add(list ?? root, "items must be an array.");
            return items;
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (PositionedJson each in list.Elements)
        {
            PollItem item = ReadItem(each);
            if (item.Name.Length > 0 && !names.Add(item.Name))
            {
                _errors.Add(each, $"The item name '{item.Name}' is used above.");
            }

            items.Add(item);
        }

        return items;
    }

    private PollItem ReadItem(PositionedJson json)
    {
        ObjectReader members = new(json, "An item", s_itemMembers, _errors);
        int before = _errors.Count;
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
        foreach (string error in _errors.Count == before ? item.Faults() : [])
        {
            _errors.Add(json, error);
        }

        if (item.Key.Length > 0 && !context.Knows(item.Key))
        {
            _errors.Add(members.Find("key")!, $"There is no sampler '{item.Key}'. Get-CdbSampler lists all samplers.");
        }
        else if (SamplerCatalog.FaultOf(item) is { } ofArgument)
        {
            _errors.Add(members.Find("arg") ?? json, ofArgument);
        }

        return item;
    }
}
