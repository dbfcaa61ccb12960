using System.Reflection;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>The server in this process, with the ASP.NET Core of the module; what a pwsh without .NET of its own runs.</summary>
public static class ServerProgram
{
    /// <summary>Serves until it is told to stop; the answer is the exit code.</summary>
    /// <param name="arguments">The command line of the server.</param>
    public static int Run(string[] arguments)
    {
        MethodInfo main = new ServerLoadContext().LoadFromAssemblyPath(ServerFiles.Program).EntryPoint!;
        return (int)main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null)!;
    }
}
