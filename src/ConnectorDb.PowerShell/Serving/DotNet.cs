using System.Globalization;
using System.Runtime.InteropServices;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>Finds the .NET installations of this machine: the folders that contain the program dotnet.</summary>
internal static class DotNet
{
    /// <summary>The installation that runs this process; null when the program contains its own .NET.</summary>
    public static string? OfThisProcess { get; } = Installation(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")));

    /// <summary>The installation in DOTNET_ROOT; without it, all known installations, the most likely first.</summary>
    public static IEnumerable<string> Installations
    {
        get
        {
            IEnumerable<string?> folders = Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } chosen ? [chosen] :
            [
                OfThisProcess,
                .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
                Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "dotnet"),
                "/usr/local/share/dotnet",
                "/usr/share/dotnet",
                "/usr/lib/dotnet",
            ];
            return folders.OfType<string>().Where(Path.IsPathFullyQualified).Select(Installation).OfType<string>();
        }
    }

    public static string Program(string root) => Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    /// <param name="root">The installation.</param>
    /// <param name="oldest">The minimum major version.</param>
    public static bool HasAspNetCore(string root, int oldest)
    {
        string frameworks = Path.Combine(root, "shared", "Microsoft.AspNetCore.App");
        return Directory.Exists(frameworks) && Directory.EnumerateDirectories(frameworks).Any(folder => Major(Path.GetFileName(folder)) >= oldest);
    }

    private static string? Installation(string folder)
        => Program(folder) is var program && File.Exists(program)
            ? Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)
            : null;

    private static int Major(string version)
        => int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major) ? major : 0;
}
