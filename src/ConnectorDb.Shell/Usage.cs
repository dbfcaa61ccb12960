using System.Management.Automation;
using System.Reflection;

namespace ConnectorDb.Shell;

internal static class Usage
{
    public const string Text = """
        ConnectorDb.Shell                            a prompt
        ConnectorDb.Shell SCRIPT.ps1 [ARGUMENT …]    runs the script with arguments as in PowerShell: -Name value, -Switch, value
        ConnectorDb.Shell -Command TEXT              runs the commands
        ConnectorDb.Shell -Help | -Version

        Commands may also come through standard input.

        The exit code is the script's own (exit 3), 1 after an error that nothing caught, 64 when there is no such
        script, 130 when Ctrl+C stopped it.
        """;

    public static string Version { get; } =
        $"ConnectorDb.Shell {Of(typeof(Usage))}, PowerShell engine {Of(typeof(PSObject))}";

    // The assemblies carry their version and, after a mark, the commit they were built from.
    private static string Of(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split(' ', '+')[0];
}
