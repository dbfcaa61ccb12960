using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>
/// The configuration file of a poller: JSON, rpdemo's own form or with our additions (see <c>poll.schema.json</c>). It is changed in
/// one step, so that whoever reads it, or is cut off, finds the old or the new one; one process changes it at a time.
/// </summary>
public static class PollFile
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);
    private static readonly JsonSerializerOptions s_writing = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="path">The file.</param>
    /// <exception cref="FileAccessException">It cannot be read.</exception>
    /// <exception cref="InvalidConfigurationException">Something is wrong with it.</exception>
    public static PollConfiguration Read(string path, PollFileContext context)
        => new PollFileReader(Path.GetFullPath(path), context).Read(Load(path));

    /// <summary>The items alone; the destination is not looked at, nor any secret.</summary>
    /// <param name="path">The file.</param>
    /// <param name="knows">Whether there is such a sampler.</param>
    /// <exception cref="FileAccessException">It cannot be read.</exception>
    /// <exception cref="InvalidConfigurationException">Something is wrong with it.</exception>
    public static IReadOnlyList<PollItem> ReadItems(string path, Func<string, bool> knows)
        => new PollFileReader(Path.GetFullPath(path), new PollFileContext { Knows = knows }).ReadItems(Load(path));

    /// <summary>Changes the items; all else stays as it is. A file that is not there is made.</summary>
    /// <exception cref="FileAccessException">It cannot be read or written.</exception>
    public static void Change(string path, Func<string, bool> knows, Func<IReadOnlyList<PollItem>, IReadOnlyList<PollItem>> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        path = Target(path);
        using FileStream turn = Wait(path + ".lock");
        JsonObject file = new() { ["items"] = new JsonArray() };
        IReadOnlyList<PollItem> old = [];
        if (File.Exists(path))
        {
            old = ReadItems(path, knows);
            file = JsonNode.Parse(Load(path))!.AsObject();
        }

        Dictionary<string, JsonNode> nodes = file["items"]!.AsArray().ToDictionary(node => (string)node!["name"]!, node => node!);
        file["items"] = new JsonArray([.. change(old).Select(item => nodes.TryGetValue(item.Name, out JsonNode? node) ? node.DeepClone() : Write(item))]);
        Save(path, JsonSerializer.SerializeToUtf8Bytes(file, s_writing));
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

    /// <summary>The file itself, where the path is a link to it.</summary>
    private static string Target(string path)
        => (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);

    private static byte[] Load(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileAccessException($"There is no configuration file '{path}'. Check the path, or make one: Add-CdbPollItem NAME SAMPLER -Path {path}.", path, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileAccessException($"The configuration file '{path}' cannot be read: {error.Message} Check that you may read it.", path, error);
        }
    }

    private static void Save(string path, byte[] content)
    {
        string aside = path + ".new";
        try
        {
            // What one that was killed has left, if it is there.
            File.Delete(aside);
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows() && File.Exists(path))
            {
                options.UnixCreateMode = File.GetUnixFileMode(path);
            }

            using (FileStream stream = File.Open(aside, options))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            Put(aside, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(aside);
            throw new FileAccessException($"The configuration file '{path}' cannot be written, and is as it was: {error.Message}", path, error);
        }
    }

    /// <summary>In one step, and on Windows with the rights that the old file has.</summary>
    private static void Put(string aside, string path)
    {
        if (File.Exists(path))
        {
            File.Replace(aside, path, destinationBackupFileName: null);
        }
        else
        {
            File.Move(aside, path);
        }
    }

    /// <summary>The right to change the file, held by whoever has the file beside it open.</summary>
    private static FileStream Wait(string path)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                bool isHeld = error is IOException and not (DirectoryNotFoundException or PathTooLongException);
                if (!isHeld || TimeProvider.System.GetElapsedTime(began) > s_patience)
                {
                    throw new FileAccessException($"The configuration file cannot be changed: '{path}', which its changer holds, cannot be had: {error.Message}", path, error);
                }

                Thread.Sleep(s_pause);
            }
        }
    }
}
