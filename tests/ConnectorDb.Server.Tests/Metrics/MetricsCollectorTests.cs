using System.Diagnostics;
using System.Diagnostics.Metrics;
using ConnectorDb.Server.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorDb.Server.Tests.Metrics;

public sealed class MetricsCollectorTests
{
    [Fact]
    public async Task Metrics_can_be_scraped_while_new_requests_end()
    {
        await using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        IMeterFactory meters = services.GetRequiredService<IMeterFactory>();
        using MetricsCollector metrics = new(meters);
        Histogram<double> requests = meters.Create("host").CreateHistogram<double>("http.server.request.duration");
        Task counting = Task.Run(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                requests.Record(0, new TagList { { "http.request.method", "GET" }, { "http.route", $"/{i}" }, { "http.response.status_code", 200 } });
            }
        });
        while (!counting.IsCompleted)
        {
            Assert.Contains("connectordb_http_request_duration_seconds", metrics.Scrape(withNames: false));
        }

        await counting;
        Assert.Equal(20_000, metrics.Scrape(withNames: false).Split('\n').Count(line => line.Contains("_count{", StringComparison.Ordinal)));
    }
}
