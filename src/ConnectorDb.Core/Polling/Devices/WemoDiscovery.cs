using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace ConnectorDb.Core.Polling.Devices;

/// <summary>Finds WeMo switches by name: an SSDP search, then the description of each device.</summary>
internal sealed partial class WemoDiscovery(HttpClient client, IPEndPoint discovery)
{
    private static readonly byte[] s_search = Encoding.ASCII.GetBytes(
        "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 2\r\nST: urn:Belkin:device:**\r\n\r\n");

    /// <summary>Searches until the switch of this name answers or the token is cancelled, and returns its address.</summary>
    public async Task<Uri> FindAsync(string name, CancellationToken cancellation)
    {
        using UdpClient socket = new(discovery.AddressFamily);
        await socket.SendAsync(s_search, discovery, cancellation).ConfigureAwait(false);
        HashSet<Uri> asked = [];
        while (true)
        {
            UdpReceiveResult answer = await socket.ReceiveAsync(cancellation).ConfigureAwait(false);
            Match location = Location().Match(Encoding.ASCII.GetString(answer.Buffer));
            if (Uri.TryCreate(location.Groups["url"].Value, UriKind.Absolute, out Uri? description)
                && asked.Add(description)
                && string.Equals(await NameAsync(description, cancellation).ConfigureAwait(false), name, StringComparison.OrdinalIgnoreCase))
            {
                return description;
            }
        }
    }

    /// <summary>The name of the device, or null when it does not tell one.</summary>
    private async Task<string?> NameAsync(Uri description, CancellationToken cancellation)
    {
        try
        {
            XDocument setup = XDocument.Parse(await client.GetStringAsync(description, cancellation).ConfigureAwait(false));
            return setup.Descendants().FirstOrDefault(each => each.Name.LocalName == "friendlyName")?.Value;
        }
        catch (Exception error) when (error is HttpRequestException or XmlException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^LOCATION:\s*(?<url>\S+)\s*$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Location();
}
