using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ConnectorDb.Shell.Terminal;

/// <summary>Colours and cursor movements; Windows wants to be asked for them (SetConsoleMode in the Windows console reference).</summary>
internal static partial class EscapeSequences
{
    private const uint EnableVirtualTerminalProcessing = 0x0004;

    public static bool AreUnderstood(StandardStream terminal)
    {
        if (Environment.GetEnvironmentVariable("TERM") == "dumb")
        {
            return false;
        }

        return !OperatingSystem.IsWindows() || Enable(terminal);
    }

    [SupportedOSPlatform("windows")]
    private static bool Enable(StandardStream terminal)
    {
        var handle = GetStdHandle((int)terminal);
        return GetConsoleMode(handle, out var mode) && SetConsoleMode(handle, mode | EnableVirtualTerminalProcessing);
    }

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint GetStdHandle(int stream);

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint console, out uint mode);

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint console, uint mode);
}
