namespace ConnectorDb.Shell;

/// <summary>Finds the module that this shell is for.</summary>
internal static class ModuleManifest
{
    private const string FileName = "ConnectorDb.psd1";

    /// <summary>The manifest in the folder of the program or the nearest one above: a source tree, or an installed module.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var manifest = Path.Combine(folder.FullName, FileName);
            if (File.Exists(manifest))
            {
                return manifest;
            }
        }

        throw new UsageException(
            $"There is no {FileName} in {AppContext.BaseDirectory} nor in a folder above it. Run the shell from the source tree or from the module's folder.");
    }
}
