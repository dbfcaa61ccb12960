namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary>Reads the keywords that combine schemas for one value.</summary>
internal static class CombiningKeywords
{
    public static IEnumerable<Keyword> Read(SchemaSource source)
    {
        if (source.Schemas("allOf") is { } all)
        {
            yield return new AllOfKeyword(all);
        }

        if (source.Schemas("anyOf") is { } any)
        {
            yield return new AnyOfKeyword(any);
        }

        if (source.Schemas("oneOf") is { } one)
        {
            yield return new OneOfKeyword(one);
        }

        if (source.Schema("not") is { } not)
        {
            yield return new NotKeyword(not);
        }

        SchemaNode? then = source.Schema("then");
        SchemaNode? otherwise = source.Schema("else");
        if (source.Schema("if") is { } condition)
        {
            yield return new IfKeyword(condition, then, otherwise);
        }
    }
}
