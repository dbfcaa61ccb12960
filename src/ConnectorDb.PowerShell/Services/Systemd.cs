namespace ConnectorDb.PowerShell.Services;

/// <summary>Services of Linux: units of the machine, and of a user.</summary>
internal sealed class Systemd : IServiceSystem
{
    /// <summary>systemd makes it when it starts a machine; see sd_booted(3).</summary>
    private const string SignOfLife = "/run/systemd/system";

    /// <summary>The exit codes of <c>systemctl is-active</c> beside 0; see systemctl(1).</summary>
    private const int NotActive = 3;
    private const int NoSuchUnit = 4;

    /// <summary>The exit code of <c>id</c> when there is no such account.</summary>
    private const int NoSuchAccount = 1;

    public ServiceScope DefaultScope => Environment.IsPrivilegedProcess ? ServiceScope.AllUsers : ServiceScope.CurrentUser;

    public void Check(ServiceScope scope)
    {
        if (!Directory.Exists(SignOfLife))
        {
            throw new NotAvailableException($"systemd does not run here ({SignOfLife} is missing), as in most containers, so nothing would start the service. Start the server with Start-CdbServer, or have the container run it; -DefinitionFolder writes the unit for another machine.", null);
        }
    }

    public string DataFolder(string name) => $"/var/lib/{name}";

    public string DefinitionPath(string name, ServiceScope scope) => Path.Combine(Folder(scope), name + ".service");

    public string Definition(ServiceOrder order)
        => SystemdUnit.Write(order, order.Scope == ServiceScope.AllUsers ? DataFolder(order.Name) : null);

    public bool? IsOurs(string name, ServiceScope scope)
        => DefinitionPath(name, scope) is var path && File.Exists(path) ? File.ReadAllText(path).Contains(ServiceInstaller.Mark, StringComparison.Ordinal) : null;

    public IReadOnlyList<ServiceStep> Install(ServiceOrder order) =>
    [
        .. MakeAccount(order),
        new WriteStep(DefinitionPath(order.Name, order.Scope), Definition(order)),
        Control(order.Scope, "daemon-reload"),
        Control(order.Scope, "enable", order.Name),
        Control(order.Scope, order.Start ? "restart" : "try-restart", order.Name),
    ];

    public IReadOnlyList<ServiceStep> Uninstall(string name, ServiceScope scope) =>
    [
        Control(scope, "disable", "--now", name),
        new RemoveStep(DefinitionPath(name, scope)),
        Control(scope, "daemon-reload"),
    ];

    public CdbServiceState State(string name, ServiceScope scope) => RunStep.Ask(Control(scope, "is-active", name).Command, NotActive, NoSuchUnit).Output switch
    {
        "active" => CdbServiceState.Running,
        "failed" => CdbServiceState.Failed,
        "inactive" => CdbServiceState.Stopped,
        _ => CdbServiceState.Changing,
    };

    public string? Remark(ServiceOrder order)
        => order.Scope == ServiceScope.CurrentUser && !File.Exists($"/var/lib/systemd/linger/{Environment.UserName}")
            ? "The service runs while you are logged in. To have it run from the start of the machine on: loginctl enable-linger"
            : null;

    private static RunStep Control(ServiceScope scope, params string[] arguments)
        => new(scope == ServiceScope.AllUsers ? ["systemctl", .. arguments] : ["systemctl", "--user", .. arguments]);

    private static string Folder(ServiceScope scope) => scope == ServiceScope.AllUsers
        ? "/etc/systemd/system"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "systemd", "user");

    /// <summary>The account of its own, when it is to have one and does not.</summary>
    private IEnumerable<ServiceStep> MakeAccount(ServiceOrder order)
        => order.Scope == ServiceScope.AllUsers && order.Account is null && RunStep.Ask(["id", "-u", order.Name], NoSuchAccount).Code == NoSuchAccount
            ? [new RunStep(["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", DataFolder(order.Name), "--shell", "/usr/sbin/nologin", order.Name])]
            : [];
}
