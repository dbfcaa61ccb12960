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

    private readonly List<AssemblyDependencyResolver> _resolvers;

    private EngineLoadContext()
        : base(Engine)
    {
        string module = Path.GetDirectoryName(typeof(EngineLoadContext).Assembly.Location)!;
        _resolvers = [new AssemblyDependencyResolver(Path.Combine(module, "deps", Engine + ".dll"))];
    }

    /// <summary>Resolves the engine assembly for the default context, and no other.</summary>
    public static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
        => name.Name == Engine ? s_instance.Value.LoadFromAssemblyName(name) : null;

    /// <summary>Loads an assembly that extends the engine, with the packages beside it.</summary>
    /// <param name="path">The full path.</param>
    public static Assembly LoadExtension(string path)
    {
        EngineLoadContext context = s_instance.Value;
        lock (context._resolvers)
        {
            if (context.Assemblies.FirstOrDefault(loaded => loaded.Location == path) is { } found)
            {
                return found;
            }

            context._resolvers.Add(new AssemblyDependencyResolver(path));
            return context.LoadFromAssemblyPath(path);
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName)
        => assemblyName.Name != Model && PathOf(resolver => resolver.ResolveAssemblyToPath(assemblyName)) is { } path
            ? LoadFromAssemblyPath(path)
            : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
        => PathOf(resolver => resolver.ResolveUnmanagedDllToPath(unmanagedDllName)) is { } path
            ? LoadUnmanagedDllFromPath(path)
            : nint.Zero;

    /// <summary>The engine's own packages come first.</summary>
    private string? PathOf(Func<AssemblyDependencyResolver, string?> resolve)
    {
        lock (_resolvers)
        {
            return _resolvers.Select(resolve).FirstOrDefault(path => path is not null);
        }
    }
}
