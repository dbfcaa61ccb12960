using ConnectorDb.Core.PipeScript;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Transforms;

namespace ConnectorDb.Core.Tests.PipeScript.Transforms;

public sealed class TransformCatalogTests
{
    private const string OfTheOriginal = """
        $ d if ifelse first last next count i sum mean max min length changed new alltrue anytrue ttrue tfalse t dt tshift remember while iwhile map
        imap reduce apply filter top bottom percent set del bucket rand append contains regex wc sentiment domain distance
        hour day week month year dayhour weekday monthday yearday yearmonth
        """;

    private const string Ours = "median stdev quantile rate diff ema round abs clamp resample";

    private const string Stateless = """
        $ d length t tshift apply top bottom percent set del bucket contains regex wc sentiment domain distance
        hour day week month year dayhour weekday monthday yearday yearmonth round abs clamp
        """;

    public static TheoryData<string, string> Examples
    {
        get
        {
            TheoryData<string, string> examples = [];
            foreach (Transform transform in TransformCatalog.All.Values)
            {
                foreach (string example in transform.Info.Examples)
                {
                    examples.Add(transform.Info.Name, example);
                }
            }

            return examples;
        }
    }

    [Fact]
    public void The_catalog_has_the_55_original_transforms_and_10_more()
    {
        Assert.Equal(55, Words(OfTheOriginal).Length);
        Assert.Equal(Words(OfTheOriginal).Concat(Words(Ours)).Order(StringComparer.Ordinal), TransformCatalog.All.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Transforms_have_these_flags()
    {
        Assert.Equal(["if", "map", "resample", "tfalse", "ttrue", "while"], Those(info => !info.OneToOne));
        Assert.Equal(["last", "next"], Those(info => info.Peek));
        Assert.Equal(Words(Stateless).Order(StringComparer.Ordinal), Those(info => info.Stateless));
    }

    [Fact]
    public void Every_transform_is_documented()
        => Assert.All(TransformCatalog.All.Values, transform =>
        {
            Assert.EndsWith(".", transform.Info.Description, StringComparison.Ordinal);
            Assert.NotEmpty(transform.Info.Examples);
            Assert.All(transform.Info.Arguments, argument => Assert.EndsWith(".", argument.Description, StringComparison.Ordinal));
        });

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_a_script_that_uses_its_transform(string name, string example)
    {
        string[] parts = example.Split(" — ", 2);

        Script script = Script.Parse(parts[0]);

        Assert.Equal(2, parts.Length);
        Assert.Contains(name, script.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_input_there_are_no_results()
        => Assert.All(
            TransformCatalog.All.Values.Where(transform => transform.Info.Arguments.All(argument => argument.Optional)),
            transform => Assert.Equal("", ScriptResult.Of(transform.Info.Name, []).ToString()));

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Those(Func<TransformInfo, bool> are)
        => TransformCatalog.All.Values.Select(transform => transform.Info).Where(are).Select(info => info.Name).Order(StringComparer.Ordinal);
}
