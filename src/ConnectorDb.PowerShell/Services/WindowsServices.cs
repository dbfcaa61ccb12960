namespace ConnectorDb.PowerShell.Services;

/// <summary>Services of Windows, by the programs that it has for them.</summary>
internal sealed class WindowsServices : IServiceSystem
{
    private const string Controller = "sc.exe";
    private const string LocalService = @"NT AUTHORITY\LocalService";

    /// <summary>The account in the way of icacls, which knows it by this in any language.</summary>
    private const string SidOfLocalService = "*S-1-5-19";

    /// <summary>What <c>net stop</c> ends with when the service is not running.</summary>
    private const int NotRunning = 2;

    public ServiceScope DefaultScope => ServiceScope.AllUsers;

    public void Check(ServiceScope scope)
    {
        if (scope == ServiceScope.CurrentUser)
        {
            throw new NotAvailableException("Windows has no services of a user. Install it for all users, from an elevated prompt, or start the server with Start-CdbServer.", null);
        }
    }

    public string DataFolder(string name) => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), name);

    public string? DefinitionPath(string name, ServiceScope scope) => null;

    /// <summary>The command line, as the registry has it.</summary>
    public string Definition(ServiceOrder order) => order.CommandLine;

    public bool? IsOurs(string name, ServiceScope scope)
        => RunStep.Ask(Controller, "qc", name) is (0, string said, _) ? said.Contains(nameof(ConnectorDb), StringComparison.Ordinal) : null;

    public IReadOnlyList<ServiceStep> Install(ServiceOrder order)
    {
        string folder = DataFolder(order.Name);
        bool isToStart = order.Start || (order.IsUpdate && State(order.Name, order.Scope) == CdbServiceState.Running);
        return
        [
            .. order.IsUpdate ? [Stop(order.Name)] : Array.Empty<ServiceStep>(),
            new RunStep([Controller, order.IsUpdate ? "config" : "create", order.Name, "start=", "auto", "obj=", order.Account ?? LocalService, "DisplayName=", "ConnectorDb", "binPath=", Definition(order)]),
            new RunStep([Controller, "description", order.Name, ServiceInstaller.Mark]),
            new RunStep([Controller, "failure", order.Name, "reset=", "86400", "actions=", "restart/5000/restart/5000/restart/60000"]),
            new RunStep(["cmd.exe", "/c", "if", "not", "exist", folder, "mkdir", folder]),
            .. order.Account is null ? [new RunStep(["icacls.exe", folder, "/grant", SidOfLocalService + ":(OI)(CI)M"])] : Array.Empty<ServiceStep>(),
            .. isToStart ? [new RunStep(["net.exe", "start", order.Name])] : Array.Empty<ServiceStep>(),
        ];
    }

    public IReadOnlyList<ServiceStep> Uninstall(string name, ServiceScope scope) => [Stop(name), new RunStep([Controller, "delete", name])];

    public CdbServiceState State(string name, ServiceScope scope) => RunStep.Ask(Controller, "query", name).Output switch
    {
        string said when said.Contains(" RUNNING", StringComparison.Ordinal) => CdbServiceState.Running,
        string said when said.Contains(" STOPPED", StringComparison.Ordinal) => CdbServiceState.Stopped,
        _ => CdbServiceState.Changing,
    };

    public string? Remark(ServiceOrder order) => null;

    private static RunStep Stop(string name) => new(["net.exe", "stop", name], NotRunning);
}
