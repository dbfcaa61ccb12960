namespace ConnectorDb.Benchmarks;

/// <summary>The repository that these benchmarks were built in.</summary>
internal static class Repository
{
    public static DirectoryInfo Root { get; } = Find();

    private static DirectoryInfo Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "ConnectorDb.psd1")))
            {
                return at;
            }
        }

        throw new FileNotFoundException("The benchmark does not lie in the repository.", "ConnectorDb.psd1");
    }
}
