using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ConnectorDb.Browser.Tests;

public sealed class TypeTests
{
    /// <summary>The compiler of TypeScript reads the comments with types. It is a native program of its package.</summary>
    [Fact]
    public async Task The_scripts_of_the_page_have_no_error_of_types()
    {
        string system = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        string folder = Path.Combine(Metadata("TypeScript"), $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}");
        string program = Path.Combine(folder, OperatingSystem.IsWindows() ? "tsc.exe" : "tsc");
        string[] scripts = [.. Directory.GetFiles(Metadata("Page"), "*.js")];
        using Process process = Process.Start(new ProcessStartInfo(program,
        [
            "--noEmit", "--allowJs", "--checkJs", "--strict", "--noImplicitAny", "false", "--noUnusedLocals", "--target", "es2024", "--module", "esnext", "--moduleResolution", "bundler",
            "--lib", "es2024,dom,dom.iterable", .. scripts,
        ])
        { RedirectStandardOutput = true })!;
        string errors = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("", errors.Trim());
        Assert.Equal(0, process.ExitCode);
        Assert.All(scripts, script => Assert.StartsWith("// @ts-check", File.ReadAllText(script), StringComparison.Ordinal));
    }

    /// <summary>The server shortens scripts line by line.</summary>
    [Fact]
    public void No_text_in_a_script_spans_lines()
        => Assert.All(Directory.GetFiles(Metadata("Page"), "*.js"), script => Assert.All(File.ReadLines(script), line => Assert.Equal(0, line.Count(character => character == '`') % 2)));

    private static string Metadata(string key)
        => typeof(TypeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
