using System.Reflection;
using ConnectorDb.PowerShell.Serving;

/// <summary>
/// Runs the server in a process of pwsh in place of PowerShell. .NET calls this class before the program of a process when
/// DOTNET_STARTUP_HOOKS names this assembly, and looks for it by this name, without a namespace.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        // The variables are meant for this process only, not for the programs that it runs to measure something.
        foreach (string name in PowerShellProcess.Variables.Keys)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        MethodInfo main = new ServerLoadContext().LoadFromAssemblyPath(ServerFiles.Program).EntryPoint!;
        string[] arguments = Environment.GetCommandLineArgs()[1..];
        Environment.Exit((int)main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null)!);
    }
}
