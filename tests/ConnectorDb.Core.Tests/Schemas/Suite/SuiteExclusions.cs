namespace ConnectorDb.Core.Tests.Schemas.Suite;

/// <summary>The cases of the suite that do not apply, by name, each with the reason.</summary>
internal static class SuiteExclusions
{
    private const string Remote = "references lead to positions in the same schema; nothing is fetched, not even a metaschema";
    private const string Identifier = "id and $id declare no names and no base addresses";
    private const string RootBoolean = "the schema of a stream is an object; boolean schemas are allowed inside of it";
    private const string Idna = "the tables of IDNA 2008 for punycode labels are not part of .NET";
    private const string LongCategory = ".NET knows the short names of Unicode categories only, such as \\p{L}";
    private const string Surrogates = "patterns see UTF-16 units";

    /// <summary>The beginning of the name without the draft.</summary>
    private static readonly (string Name, string Reason)[] s_excluded =
    [
        ("boolean_schema.json", RootBoolean),
        ("definitions.json: validate definition against metaschema", Remote),
        ("refRemote.json", Remote),
        ("ref.json: remote ref, containing refs itself", Remote),
        ("ref.json: $id must be resolved against nearest parent", Identifier),
        ("ref.json: id must be resolved against nearest parent", Identifier),
        ("ref.json: $ref prevents a sibling $id from changing the base uri", Identifier),
        ("ref.json: $ref prevents a sibling id from changing the base uri", Identifier),
        ("ref.json: Location-independent identifier", Identifier),
        ("ref.json: Recursive references between schemas", Identifier),
        ("ref.json: Reference an anchor with a non-relative URI", Identifier),
        ("ref.json: URN base URI with URN and JSON pointer ref", Identifier),
        ("ref.json: URN base URI with URN and anchor ref", Identifier),
        ("ref.json: simple URN base URI with $ref via the URN", Identifier),
        ("ref.json: ref to if", Identifier),
        ("ref.json: ref to then", Identifier),
        ("ref.json: ref to else", Identifier),
        ("ref.json: ref with absolute-path-reference", Identifier),
        ("ref.json: refs with relative uris and defs", Identifier),
        ("ref.json: relative refs with absolute uris and defs", Identifier),
        ("optional/unknownKeyword.json", Identifier),
        ("optional/format/hostname.json: validation of A-label (punycode) host names", Idna),
        ("optional/ecmascript-regex.json: pattern with non-ASCII digits", LongCategory),
        ("optional/ecmascript-regex.json: patternProperties with non-ASCII digits", LongCategory),
        ("optional/ecmascript-regex.json: patterns always use unicode semantics", LongCategory),
        ("optional/non-bmp-regex.json: Proper UTF-16 surrogate pair handling: pattern", Surrogates),
    ];

    /// <summary>Why a case does not apply; null when it does.</summary>
    public static string? Of(SuiteCase one) => s_excluded.FirstOrDefault(excluded => IsOf(one, excluded.Name)).Reason;

    /// <summary>Entries without a case that fails.</summary>
    public static IEnumerable<string> Unneeded(IReadOnlyCollection<SuiteCase> cases)
        => s_excluded.Select(excluded => excluded.Name).Where(name => !cases.Any(one => IsOf(one, name) && one.Run() is not null));

    private static bool IsOf(SuiteCase one, string name)
        => one.FullName.AsSpan(one.FullName.IndexOf('/', StringComparison.Ordinal) + 1).StartsWith(name, StringComparison.Ordinal);
}
