using ConnectorDb.Core.PipeScript.Transforms;

namespace ConnectorDb.Core.Tests.PipeScript.Transforms;

/// <summary>The pages of docs/transforms match the descriptions of the transforms. To write them, run these tests with the environment variable CONNECTORDB_WRITE_PAGES set to 1.</summary>
public sealed class TransformPageTests
{
    private const string Index = "README";

    private const string Head = """
        # The transforms of PipeScript

        See about_PipeScript for the language, interpolators/ for the interpolators of datasets, and authoring/ for how to add a transform.

        | transform | |
        |---|---|
        """;

    private static readonly string s_folder = Path.Combine(Sources.Root, "docs", "transforms");

    public static TheoryData<string> Names => new(TransformCatalog.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_transform_has_an_up_to_date_page(string name)
        => IsWritten(name, Page(TransformCatalog.All[name].Info));

    [Fact]
    public void The_index_lists_all_transforms()
    {
        IEnumerable<string> rows = TransformCatalog.All.Values
            .Select(transform => transform.Info)
            .OrderBy(info => info.Name, StringComparer.Ordinal)
            .Select(info => $"| [`{info.Name}`]({info.Name}.md) | {info.Description} |");
        IsWritten(Index, string.Join('\n', [Head, .. rows]) + "\n");
    }

    [Fact]
    public void Every_page_has_a_transform()
        => Assert.All(
            Directory.EnumerateFiles(s_folder, "*.md").Select(page => Path.GetFileNameWithoutExtension(page)).Where(name => name != Index),
            name => Assert.Contains(name, TransformCatalog.All.Keys));

    private static void IsWritten(string name, string page)
    {
        string path = Path.Combine(s_folder, name + ".md");
        if (Environment.GetEnvironmentVariable("CONNECTORDB_WRITE_PAGES") == "1")
        {
            Directory.CreateDirectory(s_folder);
            File.WriteAllText(path, page);
        }

        Assert.Equal(page, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    private static string Page(TransformInfo info)
    {
        List<string> parts = [$"# {info.Name}", info.Description];
        if (info.Documentation.Length > 0)
        {
            parts.Add(info.Documentation.ReplaceLineEndings("\n").TrimEnd());
        }

        if (info.Arguments.Length > 0)
        {
            parts.Add("## Arguments");
            parts.Add(string.Join('\n', info.Arguments.Select(Line)));
        }

        parts.Add("## Results");
        parts.Add(Results(info));
        parts.Add("## Examples");
        parts.Add(string.Join('\n', info.Examples.Select(example => example.Split(" — ", 2)).Select(example => $"- `{example[0]}`: {example[1]}")));
        return string.Join("\n\n", parts) + "\n";
    }

    private static string Line(ArgumentInfo argument)
    {
        string[] notes =
        [
            .. argument.Constant ? ["a constant"] : Array.Empty<string>(),
            .. argument.Body ? ["a script that it feeds itself"] : Array.Empty<string>(),
            .. argument.Default is { } value ? [$"`{value}` when left out"] : argument.Optional ? ["may be left out"] : Array.Empty<string>(),
        ];
        return $"- `{argument.Name}`: {argument.Description}" + (notes.Length > 0 ? $" ({string.Join(", ", notes)})" : "");
    }

    private static string Results(TransformInfo info)
    {
        string count = info.OneToOne ? "One for each datapoint." : "Not one for each datapoint, so it is a stage of its own.";
        string state = info.Peek ? " It looks ahead." : info.Stateless ? " It remembers nothing." : "";
        string schema = info.OutputSchema.Length > 0 ? $" Schema: `{info.OutputSchema}`." : "";
        return count + state + schema;
    }
}
