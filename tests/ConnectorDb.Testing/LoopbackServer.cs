using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ConnectorDb.Testing;

/// <summary>A request as it came over the wire, its body unpacked.</summary>
public sealed record LoopbackRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>The response.</summary>
public sealed record LoopbackReply(int Status, string Body = "")
{
    public static LoopbackReply NoContent { get; } = new(204);

    public string? RetryAfter { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Break the connection off after so many bytes of the answer; null to send it all.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Wait for this before answering.</summary>
    public Task Before { get; init; } = Task.CompletedTask;
}

/// <summary>A web server that answers as the test wants it, well or badly. It closes each connection after one answer.</summary>
public sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public LoopbackServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public ConcurrentQueue<LoopbackRequest> Requests { get; } = new();

    public Func<LoopbackRequest, LoopbackReply> Answer { get; set; } = _ => LoopbackReply.NoContent;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => ServeAsync(client));
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient closing = client;
        try
        {
            NetworkStream stream = client.GetStream();
            LoopbackRequest request = await ReadAsync(stream);
            Requests.Enqueue(request);
            LoopbackReply reply = Answer(request);
            await reply.Before;
            byte[] answer = Bytes(reply);
            await stream.WriteAsync(answer.AsMemory(0, reply.CutAfter ?? answer.Length));
            if (reply.CutAfter is not null)
            {
                client.LingerState = new LingerOption(true, 0);
            }
        }
        catch (IOException)
        {
            // The client went away; what it missed is its own affair.
        }
    }

    private static byte[] Bytes(LoopbackReply reply)
    {
        byte[] body = Encoding.UTF8.GetBytes(reply.Body);
        string retry = reply.RetryAfter is { } after ? $"Retry-After: {after}\r\n" : "";
        string more = string.Concat(reply.Headers.Select(header => $"{header.Name}: {header.Value}\r\n"));
        string length = reply.Status == 204 ? "" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        byte[] head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} Said\r\n{length}{retry}{more}Connection: close\r\n\r\n"));
        return [.. head, .. body];
    }

    private static async Task<LoopbackRequest> ReadAsync(NetworkStream stream)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (!Encoding.ASCII.GetString([.. head.TakeLast(4)]).Equals("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Add(one[0]);
        }

        string[] lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> headers = lines.Skip(1).ToDictionary(line => line[..line.IndexOf(':', StringComparison.Ordinal)], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(), StringComparer.OrdinalIgnoreCase);
        byte[] body = new byte[headers.TryGetValue("Content-Length", out string? length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body);
        string[] first = lines[0].Split(' ');
        return new LoopbackRequest(first[0], first[1], headers, headers.TryGetValue("Content-Encoding", out string? coding) && coding == "gzip" ? Unpacked(body) : Encoding.UTF8.GetString(body));
    }

    private static string Unpacked(byte[] body)
    {
        using GZipStream gzip = new(new MemoryStream(body), CompressionMode.Decompress);
        using StreamReader reader = new(gzip, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
