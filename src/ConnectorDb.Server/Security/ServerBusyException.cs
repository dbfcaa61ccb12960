namespace ConnectorDb.Server.Security;

/// <summary>A limit of the server is reached for now; the request was not executed and can be repeated.</summary>
/// <param name="status">429 when the limit is the caller's, 503 when it is that of the whole server.</param>
/// <param name="message">The limit, and the setting that changes it.</param>
/// <param name="wait">The time after which to repeat the request.</param>
internal sealed class ServerBusyException(int status, string message, TimeSpan wait) : CdbException(message, null)
{
    public int Status { get; } = status;

    public TimeSpan Wait { get; } = wait;
}
