namespace ConnectorDb.PowerShell.Services;

/// <summary>
/// The unit of a service, as systemd.unit(5) and systemd.exec(5) have it. What it forbids is what neither the server nor what is polled
/// needs: devices, processes and, where there is a poller, /tmp stay as they are.
/// </summary>
internal static class SystemdUnit
{
    private const string Harmless = "-_./:=%$@";

    private static readonly string[] s_hardening =
    [
        "UMask=0077",
        "ProtectSystem=full",
        "ProtectKernelTunables=true",
        "ProtectKernelModules=true",
        "ProtectKernelLogs=true",
        "ProtectControlGroups=true",
        "ProtectHostname=true",
        "RestrictSUIDSGID=true",
        "RestrictRealtime=true",
        "LockPersonality=true",
    ];

    private static readonly string[] s_homes = ["/home/", "/root/", "/run/user/"];

    /// <param name="order">What is to be run.</param>
    /// <param name="data">The folder of its data, where it has an account of its own; null where it runs as the user.</param>
    public static string Write(ServiceOrder order, string? data) => string.Join('\n', Lines(order, data)) + "\n";

    private static IEnumerable<string> Lines(ServiceOrder order, string? data) =>
    [
        ServiceInstaller.Mark,
        "[Unit]",
        "Description=ConnectorDb",
        .. data is null ? [] : new[] { "After=network-online.target", "Wants=network-online.target" },
        "",
        "[Service]",
        "Type=notify",
        .. order.Variables.Select(variable => $"Environment={Word($"{variable.Key}={variable.Value}")}"),
        $"ExecStart={string.Join(' ', order.Command.Select(Quoted))}",
        "Restart=on-failure",
        "RestartSec=5",
        "TimeoutStopSec=90",
        "NoNewPrivileges=true",
        .. data is null ? [] : OfMachine(order, data),
        "",
        "[Install]",
        data is null ? "WantedBy=default.target" : "WantedBy=multi-user.target",
    ];

    private static IEnumerable<string> OfMachine(ServiceOrder order, string data) =>
    [
        $"User={order.Account ?? order.Name}",
        $"StateDirectory={order.Name}",
        "StateDirectoryMode=0700",
        $"Environment=XDG_DATA_HOME={data}",
        .. s_hardening,
        .. order.Command.Concat(order.Variables.Values).Concat(order.Changes).Any(IsInHome) ? [] : new[] { "ProtectHome=true" },
        .. order.Polls ? [] : new[] { "PrivateTmp=true" },
        .. from folder in order.Changes.Select(file => Path.GetDirectoryName(file)!).Distinct(StringComparer.Ordinal)
           where folder != data
           select $"ReadWritePaths={Quoted('-' + folder)}",
        $"CapabilityBoundingSet={Rights(order)}",
        $"AmbientCapabilities={Rights(order)}",
    ];

    /// <summary>To ping, and to listen below port 1024.</summary>
    private static string Rights(ServiceOrder order)
        => string.Join(' ', new[] { order.Polls ? "CAP_NET_RAW" : null, order.NeedsLowPort ? "CAP_NET_BIND_SERVICE" : null }.OfType<string>());

    private static bool IsInHome(string path) => s_homes.Any(home => path.StartsWith(home, StringComparison.Ordinal));

    /// <summary>One word of a command or a list of paths, in which $ would begin a variable.</summary>
    private static string Quoted(string word) => Word(word.Replace("$", "$$", StringComparison.Ordinal));

    /// <summary>One word of a unit, in which % would begin a specifier.</summary>
    private static string Word(string word)
    {
        string bare = word.Replace("%", "%%", StringComparison.Ordinal);
        return bare.Length > 0 && bare.All(c => char.IsAsciiLetterOrDigit(c) || Harmless.Contains(c, StringComparison.Ordinal))
            ? bare
            : $"\"{bare.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
