using ConnectorDb.Core.PipeScript.Interpolators;

namespace ConnectorDb.Core.Tests.PipeScript.Interpolators;

/// <summary>The pages of docs/transforms/interpolators match the descriptions of the interpolators. To write them, run these tests with the environment variable CONNECTORDB_WRITE_PAGES set to 1.</summary>
public sealed class InterpolatorPageTests
{
    private static readonly string s_folder = Path.Combine(Sources.Root, "docs", "transforms", "interpolators");

    public static TheoryData<string> Names => new(InterpolatorCatalog.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_interpolator_has_an_up_to_date_page(string name)
    {
        string path = Path.Combine(s_folder, name + ".md");
        string page = Page(InterpolatorCatalog.All[name].Info);
        if (Environment.GetEnvironmentVariable("CONNECTORDB_WRITE_PAGES") == "1")
        {
            Directory.CreateDirectory(s_folder);
            File.WriteAllText(path, page);
        }

        Assert.Equal(page, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_page_has_an_interpolator()
        => Assert.All(Directory.EnumerateFiles(s_folder, "*.md"), page => Assert.Contains(Path.GetFileNameWithoutExtension(page), InterpolatorCatalog.All.Keys));

    private static string Page(InterpolatorInfo info)
    {
        IEnumerable<string> examples = info.Examples
            .Select(example => example.Split(" — ", 2))
            .Select(example => $"- `{example[0]}`: {example[1]}");
        return string.Join("\n\n", [$"# {info.Name}", info.Description, info.Documentation.ReplaceLineEndings("\n"), "## Examples", string.Join('\n', examples)]) + "\n";
    }
}
