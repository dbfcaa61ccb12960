using System.Net;
using System.Net.Sockets;
using System.Text;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

/// <summary>A WeMo Insight switch on loopback: answers searches, describes itself, and is asked by SOAP. It draws 40.25 W.</summary>
internal sealed class WemoDevice : IDisposable
{
    private readonly UdpClient _discovery = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly string _name;
    private LoopbackServer _server;

    public WemoDevice(string name)
    {
        _name = name;
        _server = new LoopbackServer { Answer = Answer };
        _ = AnswerSearchesAsync();
    }

    /// <summary>How many searches it has heard.</summary>
    public int Searches { get; private set; }

    /// <summary>It answers searches when this is over.</summary>
    public Task Thinking { get; set; } = Task.CompletedTask;

    /// <summary>The addresses with which other devices answer a search before this one does.</summary>
    public string[] Neighbours { get; set; } = [];

    public IPEndPoint Discovery => (IPEndPoint)_discovery.Client.LocalEndPoint!;

    /// <summary>It gets another address.</summary>
    public void Move()
    {
        LoopbackServer old = _server;
        _server = new LoopbackServer { Answer = Answer };
        old.Dispose();
    }

    public void Dispose()
    {
        _discovery.Dispose();
        _server.Dispose();
    }

    private async Task AnswerSearchesAsync()
    {
        try
        {
            while (true)
            {
                UdpReceiveResult search = await _discovery.ReceiveAsync();
                Assert.Contains("ST: urn:Belkin:device:**\r\n", Encoding.ASCII.GetString(search.Buffer), StringComparison.Ordinal);
                Searches++;
                await Thinking;
                foreach (string location in Neighbours.Append($"{_server.Url}/setup.xml"))
                {
                    byte[] answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=86400\r\nLOCATION: {location}\r\nST: urn:Belkin:device:**\r\n\r\n");
                    await _discovery.SendAsync(answer, search.RemoteEndPoint);
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Switched off.
        }
    }

    private LoopbackReply Answer(LoopbackRequest request)
        => (request.Target, request.Headers.FirstOrDefault(header => header.Key.Equals("SOAPACTION", StringComparison.OrdinalIgnoreCase)).Value) switch
        {
            ("/setup.xml", _) => new(200, $"""<root xmlns="urn:Belkin:device-1-0"><device><friendlyName>{_name}</friendlyName></device></root>"""),
            ("/upnp/control/basicevent1", "\"urn:Belkin:service:basicevent:1#GetBinaryState\"") => new(200, Soap("GetBinaryState", "basicevent", "BinaryState", "8")),
            ("/upnp/control/insight1", "\"urn:Belkin:service:insight:1#GetInsightParams\"") => new(200, Soap("GetInsightParams", "insight", "InsightParams", "8|1410000000|12|34|56|1209600|41|40250|900|1200.5|8000")),
            _ => new(500),
        };

    private static string Soap(string action, string service, string name, string value)
        => $"""
           <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
           <u:{action}Response xmlns:u="urn:Belkin:service:{service}:1"><{name}>{value}</{name}></u:{action}Response>
           </s:Body></s:Envelope>
           """;
}
