using System.Diagnostics;
using System.Globalization;
using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>
/// What runs the server: .NET with ASP.NET Core where it is installed, else this very program, if it is a PowerShell for
/// whose platform the module brings ASP.NET Core.
/// </summary>
internal static class ServerStart
{
    private const int OldestFramework = 10;

    /// <exception cref="ServerRuntimeMissingException">Neither is there.</exception>
    public static ProcessStartInfo Of(IEnumerable<string> arguments)
    {
        if (Frameworks().FirstOrDefault(HasAspNetCore) is { } root)
        {
            return new ProcessStartInfo(Path.Combine(root, ProgramName("dotnet")), [ServerFiles.Program, .. arguments]);
        }

        return ServerLoadContext.IsPacked && Environment.ProcessPath is { } self && IsProgram(self, "pwsh")
            ? new ProcessStartInfo(self, ["-NoProfile", "-NonInteractive", "-Command", Script(arguments)])
            : throw new ServerRuntimeMissingException(
                $"The server needs the ASP.NET Core Runtime {OldestFramework} or later, which is not on this machine. Install it from https://dotnet.microsoft.com/download (in the list of runtimes), then start the server again.");
    }

    private static string Script(IEnumerable<string> arguments)
        => $"Import-Module {Quoted(ServerFiles.Manifest)}; exit [{typeof(ServerProgram).FullName}]::Run(@({string.Join(',', arguments.Select(Quoted))}))";

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The folders in which .NET may lie, the likeliest first.</summary>
    private static IEnumerable<string> Frameworks()
    {
        string dotnet = ProgramName("dotnet");
        IEnumerable<string?> places =
        [
            Environment.ProcessPath is { } self && IsProgram(self, "dotnet") ? Path.GetDirectoryName(self) : null,
            Environment.GetEnvironmentVariable("DOTNET_ROOT"),
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "dotnet"),
            "/usr/local/share/dotnet",
            "/usr/share/dotnet",
            "/usr/lib/dotnet",
        ];
        return places.OfType<string>()
            .Where(Path.IsPathFullyQualified)
            .Select(place => Path.Combine(place, dotnet))
            .Where(File.Exists)
            .Select(program => Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!);
    }

    private static bool HasAspNetCore(string root)
    {
        string frameworks = Path.Combine(root, "shared", "Microsoft.AspNetCore.App");
        return Directory.Exists(frameworks) && Directory.EnumerateDirectories(frameworks).Any(folder => Major(Path.GetFileName(folder)) >= OldestFramework);
    }

    private static int Major(string version)
        => int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major) ? major : 0;

    private static bool IsProgram(string path, string name) => Path.GetFileNameWithoutExtension(path).Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string ProgramName(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;
}
