using System.Reflection;
using ConnectorDb.PowerShell.Serving;

/// <summary>
/// Runs the server in a process of pwsh instead of PowerShell. .NET calls the class of this name, without a namespace, before the
/// main program when DOTNET_STARTUP_HOOKS contains the path of this assembly.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        // The variables are for this process only; the programs that samplers start must not inherit them.
        foreach (string name in PowerShellProcess.Variables.Keys)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        MethodInfo main = new ServerLoadContext().LoadFromAssemblyPath(ServerFiles.Program).EntryPoint!;
        string[] arguments = Environment.GetCommandLineArgs()[1..];
        Environment.Exit((int)main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null)!);
    }
}
