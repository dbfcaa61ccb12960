using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace ConnectorDb.Core.Polling.Devices;

/// <summary>Finds WeMo switches by name: an SSDP search, then the descriptions of all devices that answer, at the same time.</summary>
internal sealed partial class WemoDiscovery(HttpClient client, IPEndPoint discovery, TimeProvider time)
{
    private const int MaxDevices = 256;
    private static readonly TimeSpan s_longestDescription = TimeSpan.FromSeconds(2);
    private static readonly byte[] s_search = Encoding.ASCII.GetBytes(
        "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 2\r\nST: urn:Belkin:device:**\r\n\r\n");

    /// <summary>Searches until the switch of this name answers or the token is cancelled, and returns its address.</summary>
    public async Task<Uri> FindAsync(string name, CancellationToken cancellation)
    {
        using UdpClient socket = new(discovery.AddressFamily);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        TaskCompletionSource<Uri> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await socket.SendAsync(s_search, discovery, cancellation).ConfigureAwait(false);
        Task receiving = ReceiveAsync(socket, name, found, end.Token);
        try
        {
            await Task.WhenAny(found.Task, receiving).ConfigureAwait(false);
            if (!found.Task.IsCompleted)
            {
                await receiving.ConfigureAwait(false);
            }

            return await found.Task.ConfigureAwait(false);
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Asks every device that answers for its name, without waiting for the others. Ends only by an error or cancellation.</summary>
    private async Task ReceiveAsync(UdpClient socket, string name, TaskCompletionSource<Uri> found, CancellationToken cancellation)
    {
        HashSet<Uri> asked = [];
        List<Task> asking = [];
        try
        {
            while (true)
            {
                UdpReceiveResult answer = await socket.ReceiveAsync(cancellation).ConfigureAwait(false);
                Match location = Location().Match(Encoding.ASCII.GetString(answer.Buffer));
                if (asked.Count < MaxDevices
                    && Uri.TryCreate(location.Groups["url"].Value, UriKind.Absolute, out Uri? description)
                    && description.Scheme == Uri.UriSchemeHttp
                    && asked.Add(description))
                {
                    asking.Add(AskAsync(description, name, found, cancellation));
                }
            }
        }
        finally
        {
            await Task.WhenAll(asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Completes the search when the device has the name.</summary>
    private async Task AskAsync(Uri description, string name, TaskCompletionSource<Uri> found, CancellationToken cancellation)
    {
        using CancellationTokenSource late = new(s_longestDescription, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            XDocument setup = XDocument.Parse(await client.GetStringAsync(description, either.Token).ConfigureAwait(false));
            string? given = setup.Descendants().FirstOrDefault(each => each.Name.LocalName == "friendlyName")?.Value;
            if (string.Equals(given, name, StringComparison.OrdinalIgnoreCase))
            {
                found.TrySetResult(description);
            }
        }
        catch (Exception error) when (error is HttpRequestException or XmlException or OperationCanceledException or InvalidOperationException)
        {
            // Another device, or one that is out of order. The search goes on.
        }
    }

    [GeneratedRegex(@"^LOCATION:\s*(?<url>\S+)\s*$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Location();
}
