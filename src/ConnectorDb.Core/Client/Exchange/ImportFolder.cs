using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Tree;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>Reads an exported folder except for its datapoints, so that most errors are found before the import starts.</summary>
public static class ImportFolder
{
    /// <summary>A stream has a user and a device.</summary>
    private const int MaxOwners = 2;

    private static readonly string[] s_marks = [ExportNames.Info, ExportNames.User, ExportNames.Device, ExportNames.Stream];

    /// <summary>True for the folder of several users, or of one user, device or stream.</summary>
    public static bool IsExport(string folder) => Array.Exists(s_marks, file => File.Exists(Path.Combine(folder, file)));

    /// <summary>Reads the content of a folder: several users, one user, device or stream, or several exports below the names of their owners.</summary>
    /// <exception cref="InvalidExportException">The folder is not an export, or a part is missing or damaged; the message names the file.</exception>
    /// <exception cref="FileAccessException">A file cannot be read.</exception>
    public static IReadOnlyList<ImportItem> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            string reason = File.Exists(folder) ? $"'{folder}' is a file, and an export is a folder.{AdviceFor(folder)}" : $"There is no folder '{folder}'.";
            throw new InvalidExportException($"{reason} Give a folder from Export-CdbItem or the Python client.", folder);
        }

        return ReadNodes(folder) ?? ReadOwned(folder, []) switch
        {
            { Count: > 0 } several => several,
            _ => throw new InvalidExportException(
                $"'{folder}' is not an export: it contains none of {string.Join(", ", s_marks.SkipLast(1))} and {s_marks[^1]}, nor folders that do. Give a folder from Export-CdbItem or the Python client.",
                folder),
        };
    }

    private static string AdviceFor(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".zip" => $" Unpack it: Expand-Archive '{file}' '{Path.ChangeExtension(file, null)}'.",
        ".csv" => $" Import-CdbCsv '{file}' reads the datapoints of a CSV file.",
        ".cdb" => $" Connect-Cdb '{file}' opens a store.",
        _ => "",
    };

    private static IReadOnlyList<ImportItem>? ReadNodes(string folder)
    {
        if (Holds(ExportNames.Info))
        {
            ExportInfo.CheckToRead(folder);
            return Below(folder, User);
        }

        return Holds(ExportNames.User) ? [User(folder)]
            : Holds(ExportNames.Device) ? [Device(folder)]
            : Holds(ExportNames.Stream) ? [Stream(folder)]
            : null;

        bool Holds(string file) => File.Exists(Path.Combine(folder, file));
    }

    /// <summary>Reads the exports in a folder of several. A folder that is none has the name of their owner.</summary>
    private static IReadOnlyList<ImportItem> ReadOwned(string folder, string[] owners)
        => [.. Below<IEnumerable<ImportItem>>(folder, below => ReadNodes(below) is { } items ? items.Select(item => item with { Owner = owners.Length > 0 ? string.Join('/', owners) : null })
            : owners.Length < MaxOwners ? ReadOwned(below, [.. owners, Path.GetFileName(below)])
            : []).SelectMany(items => items)];

    private static ImportUser User(string folder)
    {
        (string name, UserDefinition definition) = JsonFile.Read(
            Path.Combine(folder, ExportNames.User),
            fields => (Name(fields, "user"), UserDefinitionJson.ReadNew(fields)));

        // The file contains the password as a hash of ConnectorDB 0.3; devices and streams are in folders of their own.
        UserDefinition user = definition with { Password = null, Devices = null, Streams = null };
        return new ImportUser(folder, name, user, [.. Below(folder, Device).Where(device => device.Name != CdbEngine.MetaDevice)]);
    }

    private static ImportDevice Device(string folder)
    {
        (string name, DeviceDefinition definition) = JsonFile.Read(
            Path.Combine(folder, ExportNames.Device),
            fields => (Name(fields, "device"), DeviceDefinitionJson.ReadNew(fields)));
        return new ImportDevice(folder, name, definition, name == CdbEngine.MetaDevice ? [] : Below(folder, Stream));
    }

    private static ImportStream Stream(string folder)
    {
        (string name, StreamDefinition definition) = JsonFile.Read(
            Path.Combine(folder, ExportNames.Stream),
            fields => (Name(fields, "stream"), StreamDefinitionJson.ReadNew(fields)));
        string data = Path.Combine(folder, ExportNames.Data);
        string? downlink = definition.Downlink == true ? Path.Combine(folder, ExportNames.Downlink) : null;
        return new ImportStream(folder, name, definition, data, downlink, SizeOf(data) + (downlink is null ? 0 : SizeOf(downlink)));
    }

    private static string Name(JsonFields fields, string kind) => CdbName.Check(fields.Text("name"), kind);

    private static long SizeOf(string file)
        => new FileInfo(file) is { Exists: true } found
            ? found.Length
            : throw new InvalidExportException($"'{file}' is missing: '{Path.GetDirectoryName(file)}' is not a complete stream.", file);

    /// <summary>Reads the direct subfolders, in the order of their names.</summary>
    private static IReadOnlyList<T> Below<T>(string folder, Func<string, T> read)
    {
        string[] folders = PrivateFiles.Try(folder, "read", () => Directory.GetDirectories(folder));
        return [.. folders.Order(StringComparer.Ordinal).Select(below => Path.GetFileName(below).Contains(ExportNames.Unfinished, StringComparison.Ordinal)
            ? throw new InvalidExportException($"'{below}' is left over from an interrupted export. Remove it first.", below)
            : read(below))];
    }
}
