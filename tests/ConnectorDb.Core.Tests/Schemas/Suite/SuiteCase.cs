using ConnectorDb.Columns;
using ConnectorDb.Core.Schemas;

namespace ConnectorDb.Core.Tests.Schemas.Suite;

/// <summary>A value of the JSON Schema test suite with the schema it is checked against.</summary>
internal sealed record SuiteCase(string File, string Group, string Name, string Schema, DataValue Value, bool IsValid)
{
    private static readonly CdbPath s_path = CdbPath.Parse("me/pi/x");

    /// <summary>The name under which <see cref="SuiteExclusions"/> lists the case.</summary>
    public string FullName => $"{File}: {Group}: {Name}";

    /// <summary>The cases of one file of the suite.</summary>
    public static IEnumerable<SuiteCase> Read(string file)
        => from one in DataValue.Parse(System.IO.File.ReadAllText(Path.Combine(Folder, file))).AsArray()
           let grouped = one.AsObject()
           from test in Member(grouped, "tests").AsArray()
           let members = test.AsObject()
           select new SuiteCase(
               file,
               Member(grouped, "description").AsText(),
               Member(members, "description").AsText(),
               Member(grouped, "schema").ToJson(),
               Member(members, "data"),
               Member(members, "valid").AsBoolean());

    /// <summary>All files of the suite, by their paths with forward slashes.</summary>
    public static IEnumerable<string> Files()
        => Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>The difference from the decision in the suite; null when there is none.</summary>
    public string? Run()
    {
        try
        {
            CompiledSchema schema = SchemaCompiler.Compile(DataValue.Parse(Schema));
            BlockBuilder narrow = new();
            narrow.Add(1, Value);
            bool isValid = Obeys(schema, narrow.Build());
            BlockBuilder records = new(hasRecords: true);
            records.Add(1, Value);
            records.Add(1, Value);
            bool isValidRecord = Obeys(schema, records.Build());
            bool isValidWide = Obeys(schema, new Block(new[] { 1.0 }, new ValueColumn(new[] { Value })));
            return isValid != isValidWide || isValid != isValidRecord ? "a column and a single value are judged differently"
                : isValid == IsValid ? null
                : isValid ? "was accepted" : "was refused";
        }
        catch (InvalidSchemaException error)
        {
            return error.Message;
        }
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Schemas", "Suite");

    private static bool Obeys(CompiledSchema schema, Block block)
    {
        try
        {
            schema.Check(s_path, block);
            return true;
        }
        catch (SchemaViolationException)
        {
            return false;
        }
    }

    private static DataValue Member(DataObject members, string name)
        => members.TryGetValue(name, out DataValue value) ? value : throw new KeyNotFoundException(name);
}
