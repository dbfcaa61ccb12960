using ConnectorDb.Server.Options;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Polling;

/// <summary>Decides which callers may see and change poll items, and which samplers they may use.</summary>
internal sealed class PollItemGuard
{
    // These samplers run commands, or read files, variables or devices, so that adding one gives the rights of the account that runs the server.
    private static readonly string[] s_restricted = ["exec.value", "file.value", "http.json", "journal", "mqtt", "script", "serial.line", "snmp.get", "sql.value"];

    private readonly bool _allowsLocal;
    private readonly string[] _allowed;

    /// <exception cref="InvalidValueException">A setting names an unknown sampler, or one that is always allowed.</exception>
    public PollItemGuard(ServerOptions options)
    {
        _allowsLocal = options.LocalItems;
        _allowed = options.ItemSamplers.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (_allowed.Except(s_restricted).FirstOrDefault() is { } other)
        {
            throw new InvalidValueException($"'{other}' in --item-samplers is not one of the restricted samplers: {string.Join(", ", s_restricted)}.", other);
        }
    }

    /// <exception cref="AuthenticationException">The caller is anonymous.</exception>
    /// <exception cref="PermissionDeniedException">The caller is not an administrator.</exception>
    public async ValueTask CheckAsync(HttpContext context)
    {
        if (context.Caller().IsAnonymous)
        {
            CheckLocal(context);
            return;
        }

        if ((await context.Client().GetInfoAsync(context.RequestAborted)).Users is null)
        {
            throw new PermissionDeniedException("Only an administrator may see and change poll items.", null);
        }
    }

    /// <summary>Checks that an anonymous caller is a program on this machine that needs no API key.</summary>
    /// <exception cref="AuthenticationException">It needs one.</exception>
    public void CheckLocal(HttpContext context)
    {
        if (!IsLocal(context))
        {
            throw new AuthenticationException(
                _allowsLocal
                    ? "Without an API key, only programs on this machine may see and change poll items, at 127.0.0.1 or localhost, and neither from a web page nor through a proxy. Log in as an administrator."
                    : "Log in as an administrator to see and change poll items.",
                null);
        }
    }

    /// <exception cref="PermissionDeniedException">The caller may not add items of this sampler.</exception>
    public void CheckSampler(HttpContext context, string key)
    {
        if (s_restricted.Contains(key) && (!_allowed.Contains(key) || IsLocal(context)))
        {
            throw new PermissionDeniedException($"{key} has access to the machine of the server. Add the item to the configuration file (Add-CdbPollItem). Over REST, an administrator with an API key may add it if --item-samplers allows that.", key);
        }
    }

    private bool IsLocal(HttpContext context) => _allowsLocal && context.Caller().IsAnonymous && LocalRequest.Is(context);
}
