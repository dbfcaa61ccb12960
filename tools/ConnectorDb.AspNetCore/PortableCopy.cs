using Mono.Cecil;

namespace ConnectorDb.AspNetCore;

/// <summary>
/// Writes an assembly of a framework without the native code of its platform, so that one file runs on every platform. The runtime
/// compiles the intermediate language instead. See docs/design/078-server-runtime.md.
/// </summary>
internal sealed class PortableCopy : IDisposable
{
    /// <summary>COMIMAGE_FLAGS_IL_LIBRARY marks an assembly with precompiled native code.</summary>
    private const ModuleAttributes ReadyToRun = (ModuleAttributes)4;

    private readonly DefaultAssemblyResolver _resolver = new();

    /// <param name="framework">The folder of the framework; what it references besides is looked up in the runtime of this process.</param>
    public PortableCopy(string framework)
    {
        _resolver.AddSearchDirectory(framework);
        _resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
    }

    public void Write(string assembly, string target)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly, new ReaderParameters { AssemblyResolver = _resolver });
        module.Attributes = (module.Attributes & ~ReadyToRun) | ModuleAttributes.ILOnly;
        module.Architecture = TargetArchitecture.I386;
        module.Write(Path.Combine(target, Path.GetFileName(assembly)), new WriterParameters { Timestamp = 0, DeterministicMvid = true });
    }

    public void Dispose() => _resolver.Dispose();
}
