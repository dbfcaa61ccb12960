namespace ConnectorDb.Server.Security;

/// <summary>Too many logins from one address, or to one account, failed.</summary>
/// <param name="which"><c>from this address</c> or <c>to this account</c>.</param>
internal sealed class TooManyLoginFailuresException(string which, TimeSpan wait)
    : CdbException($"Too many logins {which} failed. Wait {SecondsText.Of(Math.Ceiling(wait.TotalSeconds))}. API keys and open sessions still work.", null)
{
    public TimeSpan Wait { get; } = wait;
}
