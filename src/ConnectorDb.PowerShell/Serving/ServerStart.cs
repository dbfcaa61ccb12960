using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>Selects the program that runs the server: .NET if ASP.NET Core is installed, else the current PowerShell with the ASP.NET Core of the module.</summary>
internal static class ServerStart
{
    private const int OldestFramework = 10;

    private static readonly Dictionary<string, string> s_noVariables = [];

    /// <exception cref="ServerRuntimeMissingException">Neither is available.</exception>
    public static ServerCommand Of(IEnumerable<string> arguments)
        => DotNet.Installations.FirstOrDefault(root => DotNet.HasAspNetCore(root, OldestFramework)) is { } dotnet
            ? new ServerCommand([DotNet.Program(dotnet), ServerFiles.Program, .. arguments], s_noVariables)
        : PowerShellProcess.Command is { } pwsh
            ? new ServerCommand([.. pwsh, .. arguments], PowerShellProcess.Variables)
        : throw new ServerRuntimeMissingException(
            $"The server needs pwsh or the ASP.NET Core Runtime {OldestFramework} or later. This session runs in '{Environment.ProcessPath}', which is not pwsh, and the runtime is not installed. Start the server from pwsh, or install the runtime from https://dotnet.microsoft.com/download.");
}
