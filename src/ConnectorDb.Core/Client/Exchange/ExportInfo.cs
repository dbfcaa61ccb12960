namespace ConnectorDb.Core.Client.Exchange;

/// <summary>The file <c>connectordb.json</c> of exported users, with the version of the format.</summary>
internal static class ExportInfo
{
    /// <summary>The version that the Python client reads and writes; version 2 adds password hashes of ConnectorDB 0.3.</summary>
    private const int Written = 1;

    private const int NewestRead = 2;

    public static void Write(string folder, string databaseVersion) => JsonFile.Write(Path.Combine(folder, ExportNames.Info), writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("Version", Written);
        writer.WriteString("ConnectorDB", databaseVersion);
        writer.WriteEndObject();
    });

    /// <exception cref="InvalidExportException">The folder is not an export of users, or of a version that cannot be extended.</exception>
    public static void CheckToAdd(string folder)
    {
        if (Version(folder) is var version and not Written)
        {
            throw new InvalidExportException($"'{folder}' holds an export of version {version}; users can only be added to version {Written}. Export to another folder.", folder);
        }
    }

    /// <exception cref="InvalidExportException">The folder is not an export of users, or of a version that cannot be read.</exception>
    public static void CheckToRead(string folder)
    {
        if (Version(folder) is var version and (< 1 or > NewestRead))
        {
            throw new InvalidExportException($"'{folder}' holds an export of version {version}; this ConnectorDb reads versions 1 to {NewestRead}. Import it with a newer version.", folder);
        }
    }

    private static long Version(string folder)
    {
        string file = Path.Combine(folder, ExportNames.Info);
        return JsonFile.Read(file, fields => fields.Integer("Version"))
            ?? throw new InvalidExportException($"'{file}' has no 'Version', so '{folder}' is not an export.", file);
    }
}
