namespace ConnectorDb.PowerShell.Serving;

/// <summary>Where the server lies in the module: beside the engine, whose packages it shares.</summary>
internal static class ServerFiles
{
    public static string Folder { get; } = Path.Combine(Path.GetDirectoryName(typeof(ServerFiles).Assembly.Location)!, "deps");

    public static string Program { get; } = Path.Combine(Folder, "ConnectorDb.Server.dll");

    public static string Manifest { get; } = Path.GetFullPath(Path.Combine(Folder, "..", "..", "ConnectorDb.psd1"));
}
