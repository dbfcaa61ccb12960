namespace ConnectorDb.PowerShell.Services;

/// <summary>systemd of Linux: units of the machine and of a user.</summary>
internal sealed class Systemd : IServiceSystem
{
    /// <summary>Exists when systemd started the machine; see sd_booted(3).</summary>
    private const string BootedFolder = "/run/systemd/system";

    /// <summary>Exit codes of <c>systemctl is-active</c> other than 0; see systemctl(1).</summary>
    private const int NotActive = 3;
    private const int NoSuchUnit = 4;

    /// <summary>Exit code of <c>id</c> for an unknown account.</summary>
    private const int NoSuchAccount = 1;

    private const string Extension = ".service";

    public ServiceScope DefaultScope => Environment.IsPrivilegedProcess ? ServiceScope.AllUsers : ServiceScope.CurrentUser;

    public void Check(ServiceScope scope)
    {
        if (!Directory.Exists(BootedFolder))
        {
            throw new NotAvailableException($"systemd does not run on this machine ({BootedFolder} is missing), as in most containers. Start the server with Start-CdbServer or as the program of the container, or use -DefinitionFolder to write the unit for another machine.", null);
        }
    }

    public string DataFolder(string name) => $"/var/lib/{name}";

    public string DefinitionPath(string name, ServiceScope scope) => Path.Combine(Folder(scope), name + Extension);

    public string DefinitionText(ServiceDefinition service)
        => SystemdUnit.Write(service, service.Scope == ServiceScope.AllUsers ? DataFolder(service.Name) : null);

    public IEnumerable<string> Names(ServiceScope scope) => ServiceInstaller.MarkedNames(Folder(scope), Extension);

    public bool? IsOurs(string name, ServiceScope scope)
        => ServiceInstaller.IsMarked(DefinitionPath(name, scope));

    public IReadOnlyList<ServiceStep> Install(ServiceDefinition service) =>
    [
        .. CreateAccount(service),
        new WriteFileStep(DefinitionPath(service.Name, service.Scope), DefinitionText(service)),
        Control(service.Scope, "daemon-reload"),
        Control(service.Scope, "enable", service.Name),
        Control(service.Scope, service.Start ? "restart" : "try-restart", service.Name),
    ];

    public IReadOnlyList<ServiceStep> Uninstall(string name, ServiceScope scope) =>
    [
        Control(scope, "disable", "--now", name),
        new RemoveFileStep(DefinitionPath(name, scope)),
        Control(scope, "daemon-reload"),
    ];

    public CdbServiceState State(string name, ServiceScope scope) => ProcessStep.Query(Control(scope, "is-active", name).Command, NotActive, NoSuchUnit).Output switch
    {
        "active" => CdbServiceState.Running,
        "failed" => CdbServiceState.Failed,
        "inactive" => CdbServiceState.Stopped,
        _ => CdbServiceState.Changing,
    };

    public string? PostInstallHint(ServiceDefinition service)
        => service.Scope == ServiceScope.CurrentUser && !File.Exists($"/var/lib/systemd/linger/{Environment.UserName}")
            ? "The service runs only while you are logged in. To run it from the start of the machine: loginctl enable-linger"
            : null;

    private static ProcessStep Control(ServiceScope scope, params string[] arguments)
        => new(scope == ServiceScope.AllUsers ? ["systemctl", .. arguments] : ["systemctl", "--user", .. arguments]);

    private static string Folder(ServiceScope scope) => scope == ServiceScope.AllUsers
        ? "/etc/systemd/system"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "systemd", "user");

    /// <summary>Creates the dedicated account if it is needed and missing.</summary>
    private IEnumerable<ServiceStep> CreateAccount(ServiceDefinition service)
        => service.Scope == ServiceScope.AllUsers && service.Account is null && ProcessStep.Query(["id", "-u", service.Name], NoSuchAccount).Code == NoSuchAccount
            ? [new ProcessStep(["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", DataFolder(service.Name), "--shell", "/usr/sbin/nologin", service.Name])]
            : [];
}
