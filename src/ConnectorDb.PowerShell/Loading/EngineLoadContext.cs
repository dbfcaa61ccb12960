using System.Reflection;
using System.Runtime.Loader;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>
/// Loads the engine and its packages privately, because another module may load another version of SQLite. The model
/// is shared with the cmdlets and not loaded here.
/// </summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    private const string Engine = "ConnectorDb.Core";
    private const string Model = "ConnectorDb";
    private static readonly Lazy<EngineLoadContext> s_instance = new(() => new EngineLoadContext());

    private readonly AssemblyDependencyResolver _resolver;

    private EngineLoadContext()
        : base(Engine)
    {
        string module = Path.GetDirectoryName(typeof(EngineLoadContext).Assembly.Location)!;
        _resolver = new AssemblyDependencyResolver(Path.Combine(module, "deps", Engine + ".dll"));
    }

    /// <summary>Resolves the engine assembly for the default context, and no other.</summary>
    public static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
        => name.Name == Engine ? s_instance.Value.LoadFromAssemblyName(name) : null;

    protected override Assembly? Load(AssemblyName assemblyName)
        => assemblyName.Name != Model && _resolver.ResolveAssemblyToPath(assemblyName) is { } path
            ? LoadFromAssemblyPath(path)
            : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
        => _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path
            ? LoadUnmanagedDllFromPath(path)
            : nint.Zero;
}
