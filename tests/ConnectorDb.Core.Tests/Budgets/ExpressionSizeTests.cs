using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Core.Tests.Budgets;

public sealed class ExpressionSizeTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData(@"\d{4}-\d{2}", 7)]
    [InlineData("(?:ab){10}c", 21)]
    [InlineData("((a{3}){4}){5}", 60)]
    [InlineData("a{2,5}b{3,}", 8)]
    [InlineData("[a-z0-9]{20}", 20)]
    [InlineData("[]}x]{20}[^]{3}]", 21)]
    [InlineData(@"[\]a]{3}", 3)]
    [InlineData(@"\p{Lu}{6}", 6)]
    [InlineData("a{x}{", 5)]
    [InlineData("(?:[ab]?[bc]?){350}d", 701)]
    [InlineData("a{999999999}", 996)]
    [InlineData("a{99999999999999999999}", 23)]
    [InlineData("[a", 1)]
    [InlineData(@"\", 1)]
    public void A_pattern_is_counted_with_its_repetitions_written_out(string pattern, int expected) => Assert.Equal(expected + 4, ExpressionSize.States(pattern));
}
