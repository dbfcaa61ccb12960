using ConnectorDb.Server.Hosting;

namespace ConnectorDb.Server.Security;

/// <summary>Who may see and change what the server polls, and with which samplers.</summary>
internal sealed class ItemGuard
{
    /// <summary>They run commands or read files, so that whoever adds them has what the account of the server has.</summary>
    private static readonly string[] s_reaching = ["exec.value", "file.value", "sql.value"];

    private readonly bool _allowsLocal;
    private readonly string[] _allowed;

    /// <exception cref="InvalidValueException">A setting names a sampler that is always allowed, or none.</exception>
    public ItemGuard(ServerOptions options)
    {
        _allowsLocal = options.LocalItems;
        _allowed = options.ItemSamplers.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (_allowed.Except(s_reaching).FirstOrDefault() is { } other)
        {
            throw new InvalidValueException($"'{other}' in --item-samplers is none of those that have to be allowed: {string.Join(", ", s_reaching)}.", other);
        }
    }

    /// <exception cref="AuthenticationException">Nobody has logged in.</exception>
    /// <exception cref="PermissionDeniedException">The caller is no administrator.</exception>
    public async ValueTask CheckAsync(HttpContext context)
    {
        if (IsLocal(context))
        {
            return;
        }

        if (context.Caller().IsNobody)
        {
            throw new AuthenticationException(
                _allowsLocal
                    ? "Without a key, only programs of this machine see and change what is polled: at 127.0.0.1 or localhost, and neither from a page in a browser nor through a proxy. Log in as an administrator."
                    : "Log in as an administrator to see and change what is polled.",
                null);
        }

        if ((await context.Client().GetInfoAsync(context.RequestAborted)).Users is null)
        {
            throw new PermissionDeniedException("Only an administrator may see and change what is polled.", null);
        }
    }

    /// <exception cref="PermissionDeniedException">The caller may not add items of this sampler.</exception>
    public void CheckSampler(HttpContext context, string key)
    {
        if (s_reaching.Contains(key) && (!_allowed.Contains(key) || IsLocal(context)))
        {
            throw new PermissionDeniedException($"{key} reaches what lies on the server's machine, so it is added in the configuration file, or with Add-CdbPollItem -Path; over REST by an administrator with a key, where --item-samplers allows it.", key);
        }
    }

    private bool IsLocal(HttpContext context) => _allowsLocal && context.Caller().IsNobody && LocalRequest.Is(context);
}
