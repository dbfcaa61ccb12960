namespace ConnectorDb.Server.Security;

/// <summary>An address has failed to log in too often to be listened to now.</summary>
internal sealed class TooManyFailuresException(TimeSpan wait)
    : CdbException($"Too many logins failed from this address. Wait {Math.Ceiling(wait.TotalSeconds)} seconds.", null)
{
    public TimeSpan Wait { get; } = wait;
}
