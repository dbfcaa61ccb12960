using ConnectorDb.Core.PipeScript.Interpolators;

namespace ConnectorDb.Core.Tests.PipeScript.Interpolators;

public sealed class InterpolatorCatalogTests
{
    [Fact]
    public void All_interpolators_are_found_with_their_documentation()
    {
        Assert.Equal(
            ["after", "before", "closest", "count", "first", "last", "linear", "max", "mean", "min", "sum"],
            InterpolatorCatalog.All.Keys.Order(StringComparer.Ordinal));
        Assert.All(InterpolatorCatalog.All, entry =>
        {
            Assert.Equal(entry.Key, entry.Value.Info.Name);
            Assert.EndsWith(".", entry.Value.Info.Description, StringComparison.Ordinal);
            Assert.NotEmpty(entry.Value.Info.Documentation);
            Assert.NotEmpty(entry.Value.Info.Examples);
            Assert.All(entry.Value.Info.Examples, example => Assert.Matches(":.+ — .+", example));
        });
    }

    [Fact]
    public void Every_column_gets_its_own_interpolator()
        => Assert.NotSame(InterpolatorCatalog.All["mean"].Start(), InterpolatorCatalog.All["mean"].Start());

    [Theory]
    [InlineData("Closest")]
    [InlineData("clsest")]
    public void A_misspelled_name_gets_a_suggestion(string written)
    {
        ScriptSyntaxException error = Assert.Throws<ScriptSyntaxException>(() => Interpolation.Start(written));

        Assert.Contains("'closest'", error.Message, StringComparison.Ordinal);
        Assert.Equal(written.Length, error.Length);
    }

    [Fact]
    public void A_syntax_error_of_a_script_is_shown_in_the_script()
    {
        ScriptSyntaxException error = Assert.Throws<ScriptSyntaxException>(() => Interpolation.Start("sum | nosuch"));

        Assert.Equal(7, error.Column);
    }
}
