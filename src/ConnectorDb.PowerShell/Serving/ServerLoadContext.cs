using System.Reflection;
using System.Runtime.Loader;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>Loads the server in a process without ASP.NET Core, which the module contains for every platform.</summary>
internal sealed class ServerLoadContext() : AssemblyLoadContext("ConnectorDb.Server")
{
    private static readonly string s_aspNetCore = Path.Combine(ServerFiles.Folder, "aspnetcore");
    private readonly AssemblyDependencyResolver _resolver = new(ServerFiles.Program);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = _resolver.ResolveAssemblyToPath(assemblyName) ?? Path.Combine(s_aspNetCore, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
        => _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path
            ? LoadUnmanagedDllFromPath(path)
            : nint.Zero;
}
