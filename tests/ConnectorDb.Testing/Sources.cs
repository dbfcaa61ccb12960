namespace ConnectorDb.Testing;

/// <summary>The repository that these tests were built from.</summary>
public static class Sources
{
    public static string Root { get; } = FindRoot();

    /// <summary>The files of a folder of the repository, by their path from its root, with forward slashes.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
        => Directory.Exists(Path.Combine(Root, folder))
            ? Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)
            : [];

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ConnectorDb.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("ConnectorDb.sln is nowhere above the tests.");
    }
}
