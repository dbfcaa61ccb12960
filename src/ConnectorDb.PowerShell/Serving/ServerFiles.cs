namespace ConnectorDb.PowerShell.Serving;

/// <summary>Paths of the server in the module; it is beside the engine, because they share packages.</summary>
internal static class ServerFiles
{
    public static string Folder { get; } = Path.Combine(Path.GetDirectoryName(typeof(ServerFiles).Assembly.Location)!, "deps");

    public static string Program { get; } = Path.Combine(Folder, "ConnectorDb.Server.dll");

    public static string Manifest { get; } = Path.GetFullPath(Path.Combine(Folder, "..", "..", "ConnectorDb.psd1"));
}
