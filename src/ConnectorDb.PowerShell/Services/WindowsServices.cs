namespace ConnectorDb.PowerShell.Services;

/// <summary>Services of Windows, controlled by its own programs.</summary>
internal sealed class WindowsServices : IServiceSystem
{
    public const string LocalService = @"NT AUTHORITY\LocalService";

    private const string Controller = "sc.exe";

    /// <summary>ERROR_SERVICE_DOES_NOT_EXIST, with which sc.exe ends.</summary>
    private const int NoSuchService = 1060;

    /// <summary>The exit code of <c>net stop</c> when the service is not running.</summary>
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

    /// <summary>The command line that the registry keeps.</summary>
    public string Definition(ServiceOrder order) => order.CommandLine;

    public bool? IsOurs(string name, ServiceScope scope)
        => RunStep.Ask([Controller, "qc", name], NoSuchService) is (0, string configuration) ? configuration.Contains(nameof(ConnectorDb), StringComparison.Ordinal) : null;

    public IReadOnlyList<ServiceStep> Install(ServiceOrder order)
    {
        string account = order.Account ?? LocalService;
        string folder = DataFolder(order.Name);
        bool isDataThere = order.Changes.Any(file => string.Equals(Path.GetDirectoryName(file), folder, StringComparison.OrdinalIgnoreCase));
        bool isToStart = order.Start || (order.IsUpdate && State(order.Name, order.Scope) == CdbServiceState.Running);
        return
        [
            .. isDataThere ? [new PrivateFolderStep(folder, account)] : Array.Empty<ServiceStep>(),
            .. order.IsUpdate ? [Stop(order.Name)] : Array.Empty<ServiceStep>(),
            new RunStep([Controller, order.IsUpdate ? "config" : "create", order.Name, "start=", "auto", "obj=", account, "DisplayName=", "ConnectorDb", "binPath=", Definition(order)]),
            new RunStep([Controller, "description", order.Name, ServiceInstaller.Mark]),
            new RunStep([Controller, "failure", order.Name, "reset=", "86400", "actions=", "restart/5000/restart/5000/restart/60000"]),
            .. order.Variables.Count > 0 ? [SetVariables(order)] : Array.Empty<ServiceStep>(),
            .. isToStart ? [new RunStep(["net.exe", "start", order.Name])] : Array.Empty<ServiceStep>(),
        ];
    }

    public IReadOnlyList<ServiceStep> Uninstall(string name, ServiceScope scope) => [Stop(name), new RunStep([Controller, "delete", name])];

    public CdbServiceState State(string name, ServiceScope scope) => RunStep.Ask([Controller, "query", name]).Output switch
    {
        string status when status.Contains(" RUNNING", StringComparison.Ordinal) => CdbServiceState.Running,
        string status when status.Contains(" STOPPED", StringComparison.Ordinal) => CdbServiceState.Stopped,
        _ => CdbServiceState.Changing,
    };

    public string? Remark(ServiceOrder order) => null;

    /// <summary>The value Environment in a service's key gives it variables of its own.</summary>
    private static RunStep SetVariables(ServiceOrder order) => new([
        "reg.exe", "add", $@"HKLM\SYSTEM\CurrentControlSet\Services\{order.Name}", "/v", "Environment", "/t", "REG_MULTI_SZ",
        "/d", string.Join(@"\0", order.Variables.Select(variable => $"{variable.Key}={variable.Value}")), "/f"]);

    private static RunStep Stop(string name) => new(["net.exe", "stop", name], NotRunning);
}
