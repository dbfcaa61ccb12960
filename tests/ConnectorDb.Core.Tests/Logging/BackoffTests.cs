using ConnectorDb.Core.Logging.Delivery;

namespace ConnectorDb.Core.Tests.Logging;

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
    public void The_pause_doubles_up_to_the_longest_and_what_the_destination_asks_for_wins(int failures, double? asked, double chance, double expected)
        => Assert.Equal(
            TimeSpan.FromSeconds(expected),
            Backoff.After(failures, TimeSpan.FromMinutes(10), asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null, chance));
}
