namespace ConnectorDb.Testing;

/// <summary>The folders of the built repository.</summary>
public static class Repository
{
    private const string ManifestName = "ConnectorDb.psd1";

    public static string Root { get; } = FindRoot();

    public static string Manifest { get; } = Path.Combine(Root, ManifestName);

    public static string Bin { get; } = Path.Combine(Root, "bin");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, ManifestName)))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No {ManifestName} above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
