namespace ConnectorDb.Server.Security;

/// <summary>Too many logins from one address failed.</summary>
internal sealed class TooManyLoginFailuresException(TimeSpan wait)
    : CdbException($"Too many logins failed from this address. Wait {Math.Ceiling(wait.TotalSeconds)} seconds.", null)
{
    public TimeSpan Wait { get; } = wait;
}
