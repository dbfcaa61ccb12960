using System.Net.Sockets;
using System.Security.Authentication;
using MQTTnet;
using MQTTnet.Exceptions;

namespace ConnectorDb.Core.Mqtt;

/// <summary>Describes failures of a connection to a broker.</summary>
internal static class MqttFault
{
    /// <summary>True for errors of the connection, not of this program.</summary>
    public static bool IsOfConnection(Exception error)
        => error is MqttCommunicationException or MqttProtocolViolationException or MqttClientNotConnectedException or SocketException or IOException or System.Security.Authentication.AuthenticationException or UnauthorizedAccessException or TimeoutException or ObjectDisposedException
            || (error is OperationCanceledException && error.InnerException is SocketException);

    /// <summary>The reason as the end of a sentence, with its mark.</summary>
    public static string Describe(Exception error, bool isEncrypted)
    {
        Exception cause = error;
        while (cause is not (SocketException or System.Security.Authentication.AuthenticationException) && cause.InnerException is { } inner)
        {
            cause = inner;
        }

        return cause switch
        {
            _ when isEncrypted && IsRefusedByBroker(error, cause) => $"it ended the connection over TLS: {cause.Message.TrimEnd('.')}. If it requires a client certificate, give one of an authority that it knows.",
            SocketException => cause.Message.EndsWith('.') ? cause.Message : $"{cause.Message}.",
            System.Security.Authentication.AuthenticationException => $"its certificate is not accepted: {cause.Message}",
            MqttCommunicationTimedOutException => "it does not answer in MQTT in time. Check the address and the port.",
            MqttProtocolViolationException => $"it does not answer in MQTT: {cause.Message}",
            _ => cause.Message,
        };
    }

    /// <summary>True when the broker ended a connection that it had accepted before; not for errors of files, addresses and its own certificate.</summary>
    private static bool IsRefusedByBroker(Exception error, Exception cause) => error is MqttCommunicationException and not MqttCommunicationTimedOutException && cause switch
    {
        SocketException socket => socket.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.NotConnected,
        System.Security.Authentication.AuthenticationException => cause.InnerException is not null,
        _ => true,
    };

    /// <summary>The reason for which a broker refuses a connection, as the end of a sentence; null when it accepts it.</summary>
    public static string? OfLogin(MqttClientConnectResult result) => result.ResultCode switch
    {
        MqttClientConnectResultCode.Success => null,
        MqttClientConnectResultCode.BadUserNameOrPassword => "it does not accept the user name and password.",
        MqttClientConnectResultCode.NotAuthorized => "it does not allow this login to connect. Check user name and password.",
        MqttClientConnectResultCode.UnsupportedProtocolVersion => "it does not know this version of MQTT. Give version 3.",
        MqttClientConnectResultCode.ClientIdentifierNotValid => "it does not accept the client id.",
        _ => $"it refuses the connection ({result.ResultCode}{(string.IsNullOrEmpty(result.ReasonString) ? "" : $": {result.ReasonString}")}).",
    };
}
