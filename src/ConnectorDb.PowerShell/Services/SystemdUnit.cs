namespace ConnectorDb.PowerShell.Services;

/// <summary>
/// Writes the unit of a service; see systemd.unit(5) and systemd.exec(5). Its restrictions do not affect the server and samplers:
/// devices, processes and, with a poller, /tmp stay accessible.
/// </summary>
internal static class SystemdUnit
{
    private const string Unquoted = "-_./:=%$@";

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

    /// <param name="service">The service.</param>
    /// <param name="data">The data folder of a service with a dedicated account; null when it runs as the user.</param>
    public static string Write(ServiceDefinition service, string? data) => string.Join('\n', Lines(service, data)) + "\n";

    private static IEnumerable<string> Lines(ServiceDefinition service, string? data) =>
    [
        ServiceInstaller.Mark,
        "[Unit]",
        "Description=ConnectorDb",
        .. data is null ? [] : new[] { "After=network-online.target", "Wants=network-online.target" },
        "",
        "[Service]",
        "Type=notify",
        .. service.Variables.Select(variable => $"Environment={Word($"{variable.Key}={variable.Value}")}"),
        $"ExecStart={string.Join(' ', service.Command.Select(Quoted))}",
        "Restart=on-failure",
        "RestartSec=5",
        "TimeoutStopSec=90",
        "NoNewPrivileges=true",
        .. data is null ? [] : MachineLines(service, data),
        "",
        "[Install]",
        data is null ? "WantedBy=default.target" : "WantedBy=multi-user.target",
    ];

    private static IEnumerable<string> MachineLines(ServiceDefinition service, string data) =>
    [
        $"User={service.Account ?? service.Name}",
        $"StateDirectory={service.Name}",
        "StateDirectoryMode=0700",
        $"Environment=XDG_DATA_HOME={data}",
        .. s_hardening,
        .. service.Command.Concat(service.Variables.Values).Concat(service.Changes).Any(IsInHome) ? [] : new[] { "ProtectHome=true" },
        .. service.Polls ? [] : new[] { "PrivateTmp=true" },
        .. from folder in service.Changes.Select(file => Path.GetDirectoryName(file)!).Distinct(StringComparer.Ordinal)
           where folder != data
           select $"ReadWritePaths={Quoted('-' + folder)}",
        $"CapabilityBoundingSet={Capabilities(service)}",
        $"AmbientCapabilities={Capabilities(service)}",
    ];

    /// <summary>Capabilities to send pings and to listen below port 1024.</summary>
    private static string Capabilities(ServiceDefinition service)
        => string.Join(' ', new[] { service.Polls ? "CAP_NET_RAW" : null, service.NeedsLowPort ? "CAP_NET_BIND_SERVICE" : null }.OfType<string>());

    private static bool IsInHome(string path) => s_homes.Any(home => path.StartsWith(home, StringComparison.Ordinal));

    /// <summary>Quotes a word of a command or of a list of paths; $ would start a variable.</summary>
    private static string Quoted(string word) => Word(word.Replace("$", "$$", StringComparison.Ordinal));

    /// <summary>Quotes a word of a unit; % would start a specifier.</summary>
    private static string Word(string word)
    {
        string bare = word.Replace("%", "%%", StringComparison.Ordinal);
        return bare.Length > 0 && bare.All(c => char.IsAsciiLetterOrDigit(c) || Unquoted.Contains(c, StringComparison.Ordinal))
            ? bare
            : $"\"{bare.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
    }
}
