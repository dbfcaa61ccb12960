using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>
/// The server in a process that has .NET but not ASP.NET Core, as pwsh: it comes with the module for the platforms that
/// <see cref="IsPacked"/> knows.
/// </summary>
internal sealed class ServerLoadContext() : AssemblyLoadContext("ConnectorDb.Server")
{
    private readonly AssemblyDependencyResolver _resolver = new(ServerFiles.Program);

    /// <summary>ASP.NET Core for this platform lies in the module.</summary>
    public static bool IsPacked => Directory.Exists(Framework);

    private static string Framework => Path.Combine(ServerFiles.Folder, "aspnetcore", RuntimeInformation.RuntimeIdentifier);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string? path = _resolver.ResolveAssemblyToPath(assemblyName) ?? Path.Combine(Framework, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
        => _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path
            ? LoadUnmanagedDllFromPath(path)
            : nint.Zero;
}
