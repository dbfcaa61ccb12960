using Mono.Cecil;

namespace ConnectorDb.AspNetCore;

/// <summary>The assemblies of a framework that programs reference, directly or through others.</summary>
internal static class ReferencedAssemblies
{
    /// <summary>PowerShell has these itself, and they differ between platforms.</summary>
    private const string OfPowerShell = "System.";

    /// <param name="framework">The folder of the framework.</param>
    /// <param name="programs">Where to begin.</param>
    public static IEnumerable<string> Find(string framework, IEnumerable<string> programs)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        Stack<string> open = new(programs);
        while (open.TryPop(out string? next))
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(next);
            foreach (AssemblyNameReference reference in module.AssemblyReferences)
            {
                string path = Path.Combine(framework, reference.Name + ".dll");
                if (!reference.Name.StartsWith(OfPowerShell, StringComparison.Ordinal) && File.Exists(path) && found.Add(path))
                {
                    open.Push(path);
                }
            }
        }

        return found.Order(StringComparer.Ordinal);
    }
}
