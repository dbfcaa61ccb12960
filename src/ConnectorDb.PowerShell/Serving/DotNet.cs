using System.Globalization;
using System.Runtime.InteropServices;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>The .NET installations of this machine, each the folder of its program dotnet.</summary>
internal static class DotNet
{
    /// <summary>The one that runs this process; null where the program has a .NET of its own.</summary>
    public static string? OfThisProcess { get; } = Installation(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")));

    /// <summary>The one that DOTNET_ROOT names. Where it is not set, all, the likeliest first.</summary>
    public static IEnumerable<string> Installations
    {
        get
        {
            IEnumerable<string?> places = Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } chosen ? [chosen] :
            [
                OfThisProcess,
                .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
                Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "dotnet"),
                "/usr/local/share/dotnet",
                "/usr/share/dotnet",
                "/usr/lib/dotnet",
            ];
            return places.OfType<string>().Where(Path.IsPathFullyQualified).Select(Installation).OfType<string>();
        }
    }

    public static string Program(string root) => Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    /// <param name="root">The installation.</param>
    /// <param name="oldest">The major version that it has to have at least.</param>
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
