namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary>Reads the keywords of one schema object. Unknown keywords are ignored, as the drafts demand.</summary>
internal static class KeywordReader
{
    public static IEnumerable<Keyword> Read(SchemaSource source)
    {
        if (source.Text("$ref") is { } reference)
        {
            return [new ReferenceKeyword(source.Reference(reference))];
        }

        // Read for their faults, and so that references find them; they demand nothing by themselves.
        source.SchemasByName("definitions");
        source.SchemasByName("$defs");

        Keyword?[] keywords =
        [
            TypeKeyword.Read(source),
            EnumKeyword.Read(source),
            NumberKeyword.Read(source),
            TextKeyword.Read(source),
            ArrayKeyword.Read(source),
            ItemsKeyword.Read(source),
            ObjectKeyword.Read(source),
            PropertiesKeyword.Read(source),
            DependenciesKeyword.Read(source),
            .. CombiningKeywords.Read(source),
        ];
        return keywords.OfType<Keyword>();
    }
}
