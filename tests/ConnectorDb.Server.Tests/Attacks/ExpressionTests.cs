using System.Net;
using System.Net.Sockets;
using System.Text;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Regular expressions of very many states over long texts. They take microseconds for a character.</summary>
public sealed class ExpressionTests
{
    private const string Slow = "regex('(?:a[ab]{900})+[^ab]')";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>No text takes too long, but all of them do.</summary>
    [Fact]
    public async Task Many_texts_end_at_the_time_of_the_query()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --query-seconds 1");
        using HttpClient http = server.Http();
        await FillAsync(http, count: 200, length: 5_000);
        Assert.Contains("(--query-seconds)", await http.GetAsync(EndlessQuery.Data(string.Join(" or ", Enumerable.Repeat(Slow, 10))), (HttpStatusCode)422), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_texts_end_when_the_client_leaves_so_that_its_next_query_gets_its_turn()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --user-queries 1 --query-seconds 80000");
        using HttpClient http = server.Http();
        await FillAsync(http, count: 200, length: 5_000);
        string script = string.Join(" or ", Enumerable.Repeat(Slow, 100));
        string head = $"GET /api/v1/{EndlessQuery.Data(script)} HTTP/1.1\r\nHost: x\r\nAuthorization: {RunningServer.Basic("", server.OwnerKey)}\r\n\r\n";
        using (TcpClient client = new())
        {
            await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
            await http.DoAsync(HttpMethod.Get, "crud/me");
        }

        await http.DoAsync(HttpMethod.Get, "crud/me/user/s/data?i1=0&i2=1").WaitAsync(s_patience);
    }

    private static async Task FillAsync(HttpClient http, int count, int length)
    {
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        StringBuilder text = new(length);
        Random random = new(1);
        for (int i = 0; i < length; i++)
        {
            text.Append(random.Next(2) == 0 ? 'a' : 'b');
        }

        string points = string.Join(',', Enumerable.Range(1, count).Select(t => $$"""{"t": {{t}}, "d": "{{text}}"}"""));
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s/data", $"[{points}]");
    }
}
