using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using ConnectorDb.Benchmarks.Load;

namespace ConnectorDb.Benchmarks.Page;

/// <summary>An open page as the server sees it: a connection of its own with the files of the start, and a websocket that watches streams.</summary>
internal sealed class OpenPage : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly ClientWebSocket _socket = new();

    private OpenPage()
    {
    }

    public static async Task<OpenPage> OpenAsync(ServerUnderLoad server, string[] streams)
    {
        OpenPage page = new();
        page._http.BaseAddress = new Uri(server.Root);
        page._http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(server.Authorization!);
        page._http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        foreach (string address in new[] { "/", "/api/v1/crud?q=ls", "/api/v1/crud/me?q=ls", "/api/v1/crud/me/user?q=ls", "/api/v1/crud/me?q=streams" })
        {
            await page._http.GetByteArrayAsync(address);
        }

        page._socket.Options.SetRequestHeader("Authorization", server.Authorization);
        await page._socket.ConnectAsync(new Uri(server.Root.Replace("http", "ws", StringComparison.Ordinal) + "/api/v1/websocket"), CancellationToken.None);
        byte[] buffer = new byte[65536];
        foreach (string stream in streams)
        {
            await page._socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"cmd":"subscribe","arg":"{{stream}}","from":-1}"""), WebSocketMessageType.Text, true, CancellationToken.None);
            await page._socket.ReceiveAsync(buffer, CancellationToken.None);
        }

        return page;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _http.Dispose();
    }
}
