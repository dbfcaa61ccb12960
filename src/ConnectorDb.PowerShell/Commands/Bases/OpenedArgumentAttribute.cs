using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>Converts text or a number that names an open object of the session to that object. In a list, wildcards name several.</summary>
/// <typeparam name="T">A connection, logger, poller or server.</typeparam>
public sealed class OpenedArgumentAttribute<T> : ArgumentTransformationAttribute
    where T : class
{
    private static readonly string s_noun = typeof(T).Name;
    private static readonly string s_word = s_noun["Cdb".Length..].ToLowerInvariant();

    /// <summary>True for a parameter that takes a list.</summary>
    public bool TakesMany { get; set; }

    /// <summary>True when another parameter takes the text that names no open object.</summary>
    public bool LeavesOthers { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        ArgumentNullException.ThrowIfNull(engineIntrinsics);
        SessionState session = engineIntrinsics.SessionState;
        object? given = PowerShellObject.Unwrap(inputData);
        return TakesMany
            ? (given as IList ?? new[] { given }).Cast<object?>().SelectMany(each => NameOf(each) is { } name ? All(session, name) : new[] { each }).ToArray()
            : NameOf(given) is { } one ? One(session, one) : inputData;
    }

    private static string? NameOf(object? given) => PowerShellObject.Unwrap(given) switch
    {
        string name => name,
        int number => $"{number}",
        _ => null,
    };

    private object?[] All(SessionState session, string name) => WildcardSearch.HasWildcard(name) ? Matches(name) : [One(session, name)];

    private object One(SessionState session, string name)
    {
        T[] found = OpenedNames.Find<T>(session, name) is { Length: > 0 } named ? named : WildcardSearch.HasWildcard(name) ? Matches(name) : [];
        return found switch
        {
            [.., var newest] when Array.TrueForAll(found, each => $"{each}" == $"{newest}") => newest,
            [] when LeavesOthers => name,
            [] => throw new ArgumentTransformationMetadataException($"'{name}' names no open {s_word} of this session. Get-{s_noun} lists {(RunspaceSession.Current.All<T>().Any() ? $"them: {Listed(RunspaceSession.Current.All<T>())}" : "them; none is open")}."),
            _ => throw new ArgumentTransformationMetadataException($"'{name}' names {found.Length} open {s_word}s. Give a name that only one has: {Listed(found)}."),
        };
    }

    private static T[] Matches(string pattern)
    {
        Func<string, bool> isMatch = WildcardSearch.Matcher(pattern);
        return [.. RunspaceSession.Current.All<T>().Where(opened => OpenedNames.Of(opened).Any(isMatch))];
    }

    /// <summary>The shortest own name of each object, and the object where that does not tell it.</summary>
    private static string Listed(IEnumerable<T> opened)
        => string.Join(", ", opened.Select(each => OpenedNames.OwnOf(each, RunspaceSession.Current.All<T>()).FirstOrDefault() ?? $"{each}"));
}
