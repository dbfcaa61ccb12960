using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace ConnectorDb.Core.Polling.Devices;

/// <summary>A WeMo switch in the local network, read through SOAP.</summary>
internal sealed class WemoSwitch(HttpClient client, Uri address)
{
    private const double MilliwattsPerWatt = 1000;
    private const int CurrentPower = 7;
    private const int Off = 0;

    /// <summary>1 when the switch is on, even if the attached device draws no power; otherwise 0.</summary>
    public async Task<long> GetStateAsync(CancellationToken cancellation)
    {
        string state = await AskAsync("basicevent", "GetBinaryState", "BinaryState", cancellation).ConfigureAwait(false);
        return int.TryParse(state.Split('|')[0], CultureInfo.InvariantCulture, out int number)
            ? number == Off ? 0 : 1
            : throw new FormatException($"its state is '{state}'");
    }

    /// <summary>Watts.</summary>
    public async Task<double> GetPowerAsync(CancellationToken cancellation)
    {
        string[] numbers = (await AskAsync("insight", "GetInsightParams", "InsightParams", cancellation).ConfigureAwait(false)).Split('|');
        return numbers.Length > CurrentPower
            ? double.Parse(numbers[CurrentPower], CultureInfo.InvariantCulture) / MilliwattsPerWatt
            : throw new FormatException("it did not say its power");
    }

    /// <exception cref="HttpRequestException">The switch cannot be reached or refuses the request.</exception>
    /// <exception cref="FormatException">The response is invalid.</exception>
    private async Task<string> AskAsync(string service, string action, string answer, CancellationToken cancellation)
    {
        string type = $"urn:Belkin:service:{service}:1";
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(address, $"/upnp/control/{service}1"));
        request.Content = new StringContent(
            $"""
            <?xml version="1.0" encoding="utf-8"?>
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body><u:{action} xmlns:u="{type}"/></s:Body></s:Envelope>
            """,
            Encoding.UTF8);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml", "utf-8");
        request.Headers.TryAddWithoutValidation("SOAPACTION", $"\"{type}#{action}\"");
        using HttpResponseMessage response = await client.SendAsync(request, cancellation).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        try
        {
            XDocument envelope = XDocument.Parse(await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
            return envelope.Descendants().FirstOrDefault(each => each.Name.LocalName == answer)?.Value
                ?? throw new FormatException($"its answer to {action} has no {answer}");
        }
        catch (XmlException error)
        {
            throw new FormatException($"its answer to {action} is not XML", error);
        }
    }
}
