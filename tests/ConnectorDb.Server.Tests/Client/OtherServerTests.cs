using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote;

namespace ConnectorDb.Server.Tests.Client;

/// <summary>Login pages, redirects and other servers at the address of a ConnectorDB server.</summary>
public sealed class OtherServerTests : IDisposable
{
    private static readonly LoopbackReply s_page = new(200, "<html><title>Log in</title></html>");
    private readonly LoopbackServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(200, "<html><title>Log in</title></html>")]
    [InlineData(200, "")]
    [InlineData(404, "404 page not found")]
    [InlineData(400, "what?")]
    public async Task Another_server_is_an_error_that_says_to_check_the_address(int status, string body)
    {
        _server.Answer = _ => new LoopbackReply(status, body);
        StoreException error = await Assert.ThrowsAsync<StoreException>(() => RemoteClient.OpenAsync(Options(_server), Some.NoToken));
        Assert.Contains("heck", error.Message, StringComparison.Ordinal);
        Assert.Contains(_server.Url, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_an_error_and_takes_the_key_nowhere(int status)
    {
        using LoopbackServer other = new();
        _server.Answer = _ => new LoopbackReply(status) { Headers = [("Location", $"{other.Url}/login?next=secret")] };
        StoreException error = await Assert.ThrowsAsync<StoreException>(() => RemoteClient.OpenAsync(Options(_server), Some.NoToken));
        Assert.Contains($"'{other.Url}/login'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_login_page_acknowledges_no_change()
    {
        _server.Answer = request => request.Method == "GET" && request.Target.StartsWith("/api/v1/?q=this", StringComparison.Ordinal)
            ? new LoopbackReply(200, "me/user") { Headers = [("X-ConnectorDb-Version", "1")] }
            : s_page;
        await using ICdbClient client = await RemoteClient.OpenAsync(Options(_server), Some.NoToken);
        CdbPath stream = CdbPath.Parse("me/user/t");
        StreamBlock block = new(stream, new Block(new[] { 1.5 }, new NumberColumn(new[] { 1.5 })));
        await Assert.ThrowsAsync<StoreException>(() => client.AppendAsync([block], new AppendOptions(), Some.NoToken).AsTask());
        await Assert.ThrowsAsync<StoreException>(() => client.AppendAsync([block], new AppendOptions { OnInvalid = OnInvalid.RejectInvalid }, Some.NoToken).AsTask());
        await Assert.ThrowsAsync<StoreException>(() => client.DeleteAsync(stream, Some.NoToken).AsTask());
    }

    private static RemoteOptions Options(LoopbackServer server) => new() { Url = new Uri(server.Url), ApiKey = "key", Retries = new RetryPolicy { Attempts = 1 } };
}
