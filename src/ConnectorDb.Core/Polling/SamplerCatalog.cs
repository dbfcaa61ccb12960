using System.Collections.Concurrent;
using System.Reflection;
using ConnectorDb.Contracts;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>The built-in and registered samplers by key.</summary>
public static class SamplerCatalog
{
    private static readonly Lazy<ConcurrentDictionary<string, Entry>> s_all = new(Scan);

    /// <summary>All samplers, ordered by key.</summary>
    public static IReadOnlyList<SamplerInfo> All => [.. s_all.Value.Values.Select(entry => entry.Info).OrderBy(info => info.Key, StringComparer.Ordinal)];

    public static bool Contains(string key) => s_all.Value.ContainsKey(key);

    /// <summary>Creates a sampler, without measuring yet.</summary>
    /// <exception cref="NotFoundException">There is no sampler with this key.</exception>
    /// <exception cref="NotAvailableException">This platform does not support it.</exception>
    /// <exception cref="InvalidValueException">The argument is invalid.</exception>
    public static ISampler Open(SamplerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!s_all.Value.TryGetValue(context.Key, out Entry? entry))
        {
            throw new NotFoundException($"There is no sampler '{context.Key}'. Get-CdbSampler lists all samplers, and Register-CdbSampler adds one.", context.Key);
        }

        // A file has no such name, and a command would be cut off there.
        if (context.Argument?.Contains('\0', StringComparison.Ordinal) == true)
        {
            throw new InvalidValueException($"'{context.Argument.Replace("\0", @"\0", StringComparison.Ordinal)}' contains the character NUL. Give an argument without it; Get-CdbSampler {context.Key} says which.", context.Argument);
        }

        if (entry.Info.IsArgumentOptional && context.Argument is { } argument && string.IsNullOrWhiteSpace(argument))
        {
            throw new InvalidValueException($"The argument of {context.Key} is empty. Leave it out, or give it; Get-CdbSampler {context.Key} says what it is.", argument);
        }

        return entry.Info.IsAvailable
            ? entry.Make(context)
            : throw new NotAvailableException($"{context.Key} is not available here: it is for {string.Join(" and ", entry.Info.Platforms)} only.", context.Key);
    }

    /// <summary>The error in the argument of an item, as far as it can be found without measuring, or null. Null also when the sampler does not exist here.</summary>
    public static string? FaultOf(PollItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        try
        {
            using ISampler? sampler = Contains(item.Key) ? Open(new SamplerContext { Key = item.Key, Argument = item.Argument }) : null;
            return null;
        }
        catch (InvalidValueException error)
        {
            return $"The item '{item.Name}' cannot be measured: {error.Message}";
        }
        catch (NotAvailableException)
        {
            return null;
        }
    }

    /// <summary>Registers a sampler, replacing one that was registered before.</summary>
    /// <exception cref="NameTakenException">A built-in sampler has this key.</exception>
    public static void Register(SamplerInfo info, Func<SamplerContext, ISampler> make)
    {
        ArgumentNullException.ThrowIfNull(info);
        s_all.Value.AddOrUpdate(
            info.Key,
            _ => new Entry(info, make, IsBuiltIn: false),
            (key, old) => old.IsBuiltIn
                ? throw new NameTakenException($"'{key}' is a built-in sampler. Choose another key, such as 'my.{key}'.", key)
                : new Entry(info, make, IsBuiltIn: false));
    }

    private static ConcurrentDictionary<string, Entry> Scan()
        => new(
            from type in typeof(SamplerCatalog).Assembly.GetTypes()
            from sampler in type.GetCustomAttributes<SamplerAttribute>()
            select KeyValuePair.Create(sampler.Key, new Entry(Describe(sampler), context => Make(type, context), IsBuiltIn: true)),
            StringComparer.Ordinal);

    private static SamplerInfo Describe(SamplerAttribute sampler) => new()
    {
        Key = sampler.Key,
        Description = sampler.Description,
        Argument = sampler.Argument,
        IsArgumentOptional = sampler.IsArgumentOptional,
        Unit = sampler.Unit,
        Platforms = sampler.Platforms,
    };

    private static ISampler Make(Type type, SamplerContext context)
        => (ISampler)Activator.CreateInstance(
            type,
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.DoNotWrapExceptions,
            binder: null,
            [context],
            culture: null)!;

    private sealed record Entry(SamplerInfo Info, Func<SamplerContext, ISampler> Make, bool IsBuiltIn);
}
