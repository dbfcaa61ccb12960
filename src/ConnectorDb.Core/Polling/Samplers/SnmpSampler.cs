using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using ConnectorDb.Core.Polling.Snmp;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples an object of an SNMP agent, of version 2c or 3. A request without a response is sent again each second, until the time limit.</summary>
[Sampler("snmp.get", "An object of an SNMP agent.", Argument = "HOST[:PORT] | OID [| COMMUNITY] for version 2c, such as '192.168.1.1 | 1.3.6.1.2.1.1.3.0 | public'; or a JSON object with host, oid, and community or user, auth (SHA, SHA256, SHA384 or SHA512), authPassword and privPassword (AES-128). A secret is a text, {\"env\": NAME} or {\"file\": PATH}. TimeTicks are seconds.")]
internal sealed class SnmpSampler : Sampler
{
    /// <summary>The reports of the user-based security model, RFC 3414, chapter 5.</summary>
    private const string Reports = "1.3.6.1.6.3.15.1.1.";
    private const int MaxExchanges = 4;
    private static readonly TimeSpan s_repetition = TimeSpan.FromSeconds(1);
    private readonly SnmpRequest _request;
    private readonly SnmpSession _session;

    public SnmpSampler(SamplerContext context)
        : base(context)
    {
        _request = new SnmpRequest(context.RequiredArgument);
        _session = new SnmpSession(_request);
    }

    private string Agent => string.Create(CultureInfo.InvariantCulture, $"The SNMP agent '{_request.Host}:{_request.Port}'");

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        try
        {
            using UdpClient udp = new(_request.Host, _request.Port);
            for (int i = 0; i < MaxExchanges; i++)
            {
                bool isReady = _session.IsReady;
                SnmpPdu pdu = await AskAsync(udp, cancellation).ConfigureAwait(false);
                if (isReady && pdu.Tag == BerTag.Response)
                {
                    return Value(pdu);
                }

                if (Report(pdu) is { } fault)
                {
                    _session.Forget();
                    throw NoValue($"{Agent} {fault}");
                }
            }

            _session.Forget();
            throw NoValue($"{Agent} does not accept the time of the requests.");
        }
        catch (SocketException error)
        {
            throw NoValue($"{Agent} does not answer: {error.Message}", error);
        }
        catch (CryptographicException error)
        {
            _session.Forget();
            throw NoValue($"{Agent} sent a message that is not protected by the password: {error.Message}", error);
        }
        catch (FormatException error)
        {
            throw NoValue($"{Agent} sent something else than a response: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NoValue($"The request to '{_request.Host}' cannot be made: {error.Message}", error);
        }
    }

    private async Task<SnmpPdu> AskAsync(UdpClient udp, CancellationToken cancellation)
    {
        byte[] message = _session.Get();
        while (true)
        {
            await udp.SendAsync(message, cancellation).ConfigureAwait(false);
            using CancellationTokenSource repetition = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            repetition.CancelAfter(s_repetition);
            try
            {
                while (true)
                {
                    UdpReceiveResult received = await udp.ReceiveAsync(repetition.Token).ConfigureAwait(false);
                    SnmpPdu pdu = _session.Read(received.Buffer);

                    // A response to an earlier request may be late. Reports about unreadable requests have no identifier.
                    if (pdu.RequestId == _session.LastId || pdu.Tag == BerTag.Report)
                    {
                        return pdu;
                    }
                }
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Datagrams may be lost.
            }
        }
    }

    /// <summary>The fault in a report; null when the next request can succeed.</summary>
    private static string? Report(SnmpPdu pdu) => pdu.Name.StartsWith(Reports, StringComparison.Ordinal) ? pdu.Name[Reports.Length..].Split('.')[0] switch
    {
        "1" => "does not allow this level of security; give authPassword and privPassword as it has them.",
        "3" => "does not know the user.",
        "5" => "does not accept the password authPassword, or its hash (auth).",
        "6" => "cannot decrypt the request: privPassword is another there.",
        _ => null,
    }
    : null;

    private DataValue Value(SnmpPdu pdu)
        => pdu.ErrorStatus != 0 ? throw NoValue($"{Agent} refuses the request for {_request.Name}: {pdu.Error}.")
            : pdu.Name != _request.Name ? throw NoValue($"{Agent} answered for {pdu.Name} in place of {_request.Name}.")
            : pdu.Value ?? throw NoValue($"{Agent} has no object {_request.Name}. Objects that are no tables end with .0. snmpwalk lists all.");
}
