namespace ConnectorDb.Core.Csv;

/// <summary>Reads the names of the columns of a CSV file.</summary>
public static class CsvHeader
{
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    /// <exception cref="InvalidValueException">The file has no names of columns.</exception>
    public static IReadOnlyList<string> Read(string path) => FormatDetection.Of(CsvSource.Open(path, null), new CsvImportOptions()).Names;
}
