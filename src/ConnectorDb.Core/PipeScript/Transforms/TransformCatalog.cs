using System.Collections.Frozen;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>All transforms, found by reflection.</summary>
public static class TransformCatalog
{
    private static readonly Lazy<FrozenDictionary<string, Transform>> s_all = new(Scan);

    /// <summary>Name to transform; names are case sensitive.</summary>
    public static IReadOnlyDictionary<string, Transform> All => s_all.Value;

    private static FrozenDictionary<string, Transform> Scan()
        => typeof(Transform).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Transform)) && !type.IsAbstract)
            .Select(type => (Transform)Activator.CreateInstance(type, nonPublic: true)!)
            .ToFrozenDictionary(transform => transform.Info.Name, StringComparer.Ordinal);
}
