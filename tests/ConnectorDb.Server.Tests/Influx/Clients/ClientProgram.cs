using System.Diagnostics;

namespace ConnectorDb.Server.Tests.Influx.Clients;

/// <summary>Runs a client of InfluxDB to its end, where the program is installed.</summary>
internal static class ClientProgram
{
    private static readonly string s_scripts = Path.Combine(AppContext.BaseDirectory, "Influx", "Clients");

    /// <summary>The path of a script beside this file.</summary>
    public static string Script(string name) => Path.Combine(s_scripts, name);

    public static bool IsInstalled(string program)
        => OperatingSystem.IsLinux() && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <exception cref="SkipException">The program is not installed.</exception>
    public static void Require(string program, string package) => Skip.IfNot(IsInstalled(program), $"The package '{package}' is needed.");

    /// <summary>The output of a program, with the messages at its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, string? folder = null)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? s_scripts,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
