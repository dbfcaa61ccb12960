using ConnectorDb.Core.Retry;

namespace ConnectorDb.Core.Tests.Retry;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, null, 0, 1)]
    [InlineData(2, null, 0, 2)]
    [InlineData(5, null, 0, 16)]
    [InlineData(5, null, 1, 12.8)]
    [InlineData(11, null, 0, 600)]
    [InlineData(int.MaxValue, null, 0, 600)]
    [InlineData(5, 1000.0, 1, 1000)]
    [InlineData(5, 0.0, 0, 16)]
    public void The_delay_doubles_up_to_the_longest_and_a_requested_delay_replaces_it(int failures, double? requested, double random, double expected)
        => Assert.Equal(
            TimeSpan.FromSeconds(expected),
            new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)).After(failures, requested is { } seconds ? TimeSpan.FromSeconds(seconds) : null, random));
}
