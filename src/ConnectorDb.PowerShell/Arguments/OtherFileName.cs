namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Refuses a name that other programs read as another kind of file or folder.</summary>
internal static class OtherFileName
{
    /// <summary>A folder cannot have the name of a file that another cmdlet writes.</summary>
    /// <exception cref="InvalidValueException">The folder does not exist, and its name is that of an archive, a CSV file or a store.</exception>
    public static string DemandFolder(string path)
    {
        string extension = Extension(path);
        string? advice = Directory.Exists(path) ? null
            : IsArchive(extension) ? $"Compress-Archive '{WithoutExtension(path)}' '{Path.ChangeExtension(path, ".zip")}' packs it."
            : IsCsv(path) ? $"Get-CdbStream | Export-CdbCsv '{path}' writes the datapoints of streams as CSV."
            : extension == ".cdb" ? $"Backup-CdbStore '{path}' copies a whole store to a file."
            : null;
        return advice is null ? path : throw new InvalidValueException($"'{path}' is the name of a file, and an export is a folder. Give a folder such as '{WithoutExtension(path)}'; {advice}", path);
    }

    /// <exception cref="InvalidValueException">The name is that of an archive.</exception>
    public static string DemandStore(string path) => !IsArchive(Extension(path)) ? path
        : throw new InvalidValueException($"'{path}' is the name of an archive, and a store is none. Give a name such as '{Path.ChangeExtension(path, ".cdb")}'; Compress-Archive packs the file.", path);

    /// <exception cref="InvalidValueException">The name is that of an archive or a workbook.</exception>
    public static string DemandCsv(string path) => !IsArchive(Extension(path)) && !IsWorkbook(Extension(path)) ? path
        : throw new InvalidValueException($"'{path}' is the name of {(IsArchive(Extension(path)) ? "an archive" : "a workbook")}, and a CSV file is a text. Give a name such as '{Path.ChangeExtension(IsCsv(WithoutExtension(path)) ? WithoutExtension(path) : path, ".csv")}', which Excel opens, too.", path);

    private static bool IsArchive(string extension) => extension is ".zip" or ".7z" or ".rar" or ".tar" or ".tgz" or ".gz" or ".xz" or ".zst";

    private static bool IsWorkbook(string extension) => extension is ".xlsx" or ".xlsm" or ".xls" or ".ods";

    private static bool IsCsv(string path) => Extension(path) == ".csv";

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();

    private static string WithoutExtension(string path) => Path.ChangeExtension(path, null);
}
