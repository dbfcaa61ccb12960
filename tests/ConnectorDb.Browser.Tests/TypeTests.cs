using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ConnectorDb.Browser.Tests;

public sealed class TypeTests
{
    private static readonly string[] s_folders = [Path.GetFullPath(Metadata("Page")), Path.GetFullPath(Metadata("Charts"))];

    private static readonly string[] s_scripts = [.. s_folders.SelectMany(folder => Directory.GetFiles(folder, "*.js"))];

    /// <summary>The compiler of TypeScript reads the comments with types. It is a native program of its package.</summary>
    [Fact]
    public async Task The_scripts_of_the_page_have_no_error_of_types()
    {
        string system = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        string tools = Path.Combine(Metadata("TypeScript"), $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}");
        string program = Path.Combine(tools, OperatingSystem.IsWindows() ? "tsc.exe" : "tsc");
        using TempFolder folder = new();
        await File.WriteAllTextAsync(folder["tsconfig.json"], JsonSerializer.Serialize(new
        {
            files = s_scripts,
            compilerOptions = new
            {
                // The server has the files of both folders in one.
                rootDirs = s_folders,
                noEmit = true, allowJs = true, checkJs = true, strict = true, noImplicitAny = false, noUnusedLocals = true, target = "es2024", module = "esnext", moduleResolution = "bundler",
                lib = new[] { "es2024", "dom", "dom.iterable" },
                types = Array.Empty<string>(),
            },
        }));
        using Process process = Process.Start(new ProcessStartInfo(program, ["--project", folder["tsconfig.json"]]) { RedirectStandardOutput = true })!;
        string errors = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("", errors.Trim());
        Assert.Equal(0, process.ExitCode);
        Assert.All(s_scripts, script => Assert.StartsWith("// @ts-check", File.ReadAllText(script), StringComparison.Ordinal));
    }

    /// <summary>The server shortens scripts line by line.</summary>
    [Fact]
    public void No_text_in_a_script_spans_lines()
        => Assert.All(s_scripts, script => Assert.All(File.ReadLines(script), line => Assert.Equal(0, line.Count(character => character == '`') % 2)));

    private static string Metadata(string key)
        => typeof(TypeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
