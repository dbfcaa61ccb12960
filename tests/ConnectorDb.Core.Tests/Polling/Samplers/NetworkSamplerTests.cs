using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

public sealed class PingSamplerTests : MissingThingSuite
{
    protected override SamplerContext Good => Of("net.ping", "127.0.0.1");

    protected override SamplerContext Bad => Of("net.ping", "no-such-host.invalid");

    protected override void Check(DataValue value)
    {
        Assert.True(value.AsDouble() > 0);
    }
}

public sealed class DnsSamplerTests : MissingThingSuite
{
    protected override SamplerContext Good => Of("net.dns", "localhost");

    protected override SamplerContext Bad => Of("net.dns", "no-such-host.invalid");

    protected override void Check(DataValue value) => Assert.True(value.AsDouble() >= 0);
}

public sealed class TcpSamplerTests : MissingThingSuite
{
    private readonly LoopbackServer _server = new();
    private readonly ClosedPort _closed = new();

    protected override SamplerContext Good => Of("net.tcp", new Uri(_server.Url).Authority);

    protected override SamplerContext Bad => Of("net.tcp", _closed.Authority);

    public override void Dispose()
    {
        _closed.Dispose();
        _server.Dispose();
        base.Dispose();
    }

    protected override void Check(DataValue value) => Assert.True(value.AsDouble() >= 0);
}

public sealed class HttpSamplerTests : MissingThingSuite
{
    private readonly LoopbackServer _server = new() { Answer = _ => new LoopbackReply(404, "none") };
    private readonly ClosedPort _closed = new();

    protected override SamplerContext Good => Of("net.http", _server.Url);

    protected override SamplerContext Bad => Of("net.http", $"http://{_closed.Authority}/");

    public override void Dispose()
    {
        _closed.Dispose();
        _server.Dispose();
        base.Dispose();
    }

    protected override void Check(DataValue value)
    {
        Assert.Equal(404, Field(value, "status").AsInteger());
        Assert.True(Field(value, "ms").AsDouble() >= 0);
    }
}
