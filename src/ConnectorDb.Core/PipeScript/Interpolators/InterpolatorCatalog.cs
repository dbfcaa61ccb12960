using System.Collections.Frozen;
using System.Reflection;

namespace ConnectorDb.Core.PipeScript.Interpolators;

/// <summary>The documentation of an interpolator and its factory.</summary>
public sealed record InterpolatorEntry(InterpolatorInfo Info, Func<Interpolator> Start);

/// <summary>All named interpolators, found by reflection.</summary>
public static class InterpolatorCatalog
{
    private static readonly Lazy<FrozenDictionary<string, InterpolatorEntry>> s_all = new(Scan);

    /// <summary>Name to interpolator; names are case sensitive.</summary>
    public static IReadOnlyDictionary<string, InterpolatorEntry> All => s_all.Value;

    private static FrozenDictionary<string, InterpolatorEntry> Scan()
        => typeof(Interpolator).Assembly.GetTypes()
            .Select(type => (Type: type, Text: type.GetCustomAttribute<InterpolatorAttribute>()))
            .Where(found => found.Text is not null)
            .ToFrozenDictionary(found => found.Text!.Name, found => EntryOf(found.Type, found.Text!), StringComparer.Ordinal);

    private static InterpolatorEntry EntryOf(Type type, InterpolatorAttribute text)
    {
        InterpolatorInfo info = new()
        {
            Name = text.Name,
            Description = text.Description,
            Documentation = text.Documentation,
            Examples = text.Examples,
        };
        return new InterpolatorEntry(info, () => (Interpolator)Activator.CreateInstance(type, nonPublic: true)!);
    }
}
