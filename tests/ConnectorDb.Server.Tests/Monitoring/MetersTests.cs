using ConnectorDb.Server.Monitoring;

namespace ConnectorDb.Server.Tests.Monitoring;

public sealed class MetersTests
{
    [Fact]
    public async Task Requests_can_be_looked_at_while_new_ones_end()
    {
        Meters meters = new();
        Task counting = Task.Run(() =>
        {
            for (int i = 0; i < 200_000; i++)
            {
                meters.Answered("GET", $"/{i}", 200, TimeSpan.Zero);
            }
        });
        while (!counting.IsCompleted)
        {
            Assert.InRange(meters.Requests.OrderBy(request => request.Key.Status).ToArray().Length, 0, 200_000);
        }

        await counting;
        Assert.Equal(200_000, meters.Requests.Count);
    }
}
