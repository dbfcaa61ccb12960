using ConnectorDb.Logging;

namespace ConnectorDb.Core.Tests.Logging;

/// <summary>Results show their lists, and no names of types.</summary>
public sealed class SyncResultTests
{
    [Theory]
    [InlineData(5, 0, null, "out: 5 sent")]
    [InlineData(0, 0, "It is down.", "out: It is down.")]
    [InlineData(1, 2, null, "out rejected 2 entries")]
    public void A_result_of_a_destination_reads_as_a_sentence(long sent, long aside, string? error, string expected)
    {
        DestinationResult result = new("out", sent, aside, 0, error);
        Assert.StartsWith(expected, result.ToString(), StringComparison.Ordinal);
        Assert.IsType<string[]>(result.Problems);
        Assert.IsType<string[]>(new SyncResult([result]).Problems);
    }
}
