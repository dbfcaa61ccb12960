using System.Globalization;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Sinks;

/// <summary>The protocol of InfluxDB 2.</summary>
public sealed class InfluxDb2Tests : HttpSinkSuite
{
    protected override SinkSettings Settings => new InfluxDbSettings
    {
        Url = Url,
        Version = 2,
        Database = "my bucket",
        Organization = "us",
        Token = new SecretText("secret"),
        Tags = new Dictionary<string, string> { ["host"] = "here" },
    };

    protected override bool IsData(LoopbackRequest request) => request.Target.StartsWith("/api/v2/write", StringComparison.Ordinal);

    protected override IEnumerable<(string Stream, double Number)> Read(LoopbackRequest request)
        => request.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
            (line.Split(',')[0], double.Parse(line.Split(' ')[1].Split('=')[1], CultureInfo.InvariantCulture)));

    [Fact]
    public async Task Requests_contain_token_bucket_and_organization()
    {
        await using ISink sink = Open();
        await sink.WriteAsync([Numbers("a", 1.5)], Some.NoToken);

        LoopbackRequest request = Assert.Single(Server.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/api/v2/write?bucket=my%20bucket&precision=ns&org=us", request.Target);
        Assert.Equal("Token secret", request.Headers["Authorization"]);
        Assert.Equal("a,host=here value=1.5 1500000001500000000\n", request.Body);
    }

    [Fact]
    public async Task Long_requests_are_compressed()
    {
        await using ISink sink = Open();
        await sink.WriteAsync([Numbers("a", [.. Enumerable.Range(0, 1000).Select(n => n + 0.5)])], Some.NoToken);
        Assert.Equal("gzip", Assert.Single(Server.Requests).Headers["Content-Encoding"]);
        Assert.Equal(1000, Stored("a").Count);
    }
}
