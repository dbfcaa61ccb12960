using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorDb.Core.Files;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>
/// The configuration file of a poller: JSON in the format of rpdemo, with our extensions (see <c>poll.schema.json</c>). Changes replace the
/// file atomically and are serialized across processes by a lock file.
/// </summary>
public static class PollFile
{
    // Editors on Windows write it, and JSON parsers refuse it.
    private static readonly byte[] s_byteOrderMark = [0xEF, 0xBB, 0xBF];
    private static readonly JsonSerializerOptions s_jsonOptions = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="path">The file.</param>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    /// <exception cref="InvalidConfigurationException">The file is invalid.</exception>
    public static PollConfiguration Read(string path, PollFileContext context)
        => new PollFileReader(Path.GetFullPath(Checked(path)), context).Read(LoadAfterChange(path));

    /// <summary>Reads the items only, not the destination and its secrets.</summary>
    /// <param name="path">The file.</param>
    /// <param name="knows">Returns true when a sampler with this key exists.</param>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    /// <exception cref="InvalidConfigurationException">The file is invalid.</exception>
    public static IReadOnlyList<PollItem> ReadItems(string path, Func<string, bool> knows)
        => new PollFileReader(Path.GetFullPath(Checked(path)), new PollFileContext { Knows = knows }).ReadItems(LoadAfterChange(path));

    /// <summary>Changes the items and keeps everything else. A missing file is created.</summary>
    /// <exception cref="FileAccessException">The file cannot be read or written.</exception>
    public static void Change(string path, Func<string, bool> knows, Func<IReadOnlyList<PollItem>, IReadOnlyList<PollItem>> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        path = Target(Checked(path));
        using IDisposable turn = PollFileLock.Take(path);
        JsonObject file = new() { ["items"] = new JsonArray() };
        IReadOnlyList<PollItem> old = [];
        if (File.Exists(path))
        {
            byte[] content = Load(path);
            old = new PollFileReader(path, new PollFileContext { Knows = knows }).ReadItems(content);
            file = JsonNode.Parse(content)!.AsObject();
        }

        Dictionary<string, JsonNode> nodes = file["items"]!.AsArray().ToDictionary(node => (string)node!["name"]!, node => node!);
        file["items"] = new JsonArray([.. change(old).Select(item => nodes.TryGetValue(item.Name, out JsonNode? node) ? node.DeepClone() : Write(item))]);
        Save(path, JsonSerializer.SerializeToUtf8Bytes(file, s_jsonOptions));
    }

    private static JsonObject Write(PollItem item)
    {
        JsonObject json = new()
        {
            ["name"] = item.Name,
            ["key"] = item.Key,
            ["arg"] = item.Argument,
            ["interval"] = item.Interval.TotalSeconds,
        };
        Add("timeout", item.Timeout is { } timeout ? timeout.TotalSeconds : null);
        Add("stream", item.Stream);
        Add("unit", item.Unit);
        Add("tags", item.Tags.Count == 0 ? null : new JsonObject(item.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))));
        return json;

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }
    }

    private static string Checked(string path) => PathCheck.FaultOf(path, "poll.json") is { } fault ? throw new FileAccessException(fault, path) : path;

    /// <summary>Resolves a symbolic link to the file.</summary>
    private static string Target(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is not there, or reading it will say what is wrong.
            return Path.GetFullPath(path);
        }
    }

    private static byte[] LoadAfterChange(string path)
    {
        PollFileLock.WaitForWriter(Target(path));
        return Load(path);
    }

    private static byte[] Load(string path)
    {
        try
        {
            byte[] content = WholeFile.Read(path);
            return content.AsSpan().StartsWith(s_byteOrderMark) ? content[s_byteOrderMark.Length..] : content;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileAccessException($"There is no configuration file '{path}'. Check the path, or create one: Add-CdbPollItem cpu system.cpu -Interval 10s -Path '{path}'.", path, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileAccessException($"The configuration file '{path}' cannot be read: {FileAccessException.ReasonOf(error, path)} Check its permissions.", path, error);
        }
    }

    private static void Save(string path, byte[] content)
    {
        try
        {
            WholeFile.Write(path, content);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileAccessException($"The configuration file '{path}' cannot be written, and is unchanged: {FileAccessException.ReasonOf(error, path)}", path, error);
        }
    }
}
