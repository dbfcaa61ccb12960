using Microsoft.Win32;

namespace ConnectorDb.PowerShell.Services;

/// <summary>The service control manager of Windows, called by sc.exe and net.exe.</summary>
internal sealed class WindowsServices : IServiceSystem
{
    public const string LocalService = @"NT AUTHORITY\LocalService";

    private const string Controller = "sc.exe";

    /// <summary>ERROR_SERVICE_DOES_NOT_EXIST, an exit code of sc.exe.</summary>
    private const int NoSuchService = 1060;

    /// <summary>Exit code of <c>net stop</c> for a stopped service.</summary>
    private const int NotRunning = 2;

    public ServiceScope DefaultScope => ServiceScope.AllUsers;

    public void Check(ServiceScope scope)
    {
        if (scope == ServiceScope.CurrentUser)
        {
            throw new NotAvailableException("Windows has no services for one user. Install the service for all users from an elevated prompt, or start the server with Start-CdbServer.", null);
        }
    }

    public string DataFolder(string name) => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), name);

    public string? DefinitionPath(string name, ServiceScope scope) => null;

    /// <summary>The command line, as the registry contains it.</summary>
    public string DefinitionText(ServiceDefinition service) => service.CommandLine;

    public IEnumerable<string> Names(ServiceScope scope)
    {
        const string Services = @"SYSTEM\CurrentControlSet\Services";
        if (!OperatingSystem.IsWindows())
        {
            return [];
        }

        List<string> names = [];
        using RegistryKey? all = Registry.LocalMachine.OpenSubKey(Services);
        foreach (string name in all?.GetSubKeyNames() ?? [])
        {
            if (Registry.GetValue($@"{all}\{name}", "Description", null) is ServiceInstaller.Mark)
            {
                names.Add(name);
            }
        }

        return names;
    }

    public bool? IsOurs(string name, ServiceScope scope)
        => ProcessStep.Query([Controller, "qc", name], NoSuchService) is (0, string configuration) ? configuration.Contains(nameof(ConnectorDb), StringComparison.Ordinal) : null;

    public IReadOnlyList<ServiceStep> Install(ServiceDefinition service)
    {
        string account = service.Account ?? LocalService;
        string folder = DataFolder(service.Name);
        bool hasDataFolder = service.Changes.Any(file => string.Equals(Path.GetDirectoryName(file), folder, StringComparison.OrdinalIgnoreCase));
        bool mustStart = service.Start || (service.IsUpdate && State(service.Name, service.Scope) == CdbServiceState.Running);
        return
        [
            .. hasDataFolder ? [new PrivateFolderStep(folder, account)] : Array.Empty<ServiceStep>(),
            .. service.IsUpdate ? [Stop(service.Name)] : Array.Empty<ServiceStep>(),
            new ProcessStep([Controller, service.IsUpdate ? "config" : "create", service.Name, "start=", "auto", "obj=", account, "DisplayName=", "ConnectorDb", "binPath=", DefinitionText(service)]),
            new ProcessStep([Controller, "description", service.Name, ServiceInstaller.Mark]),
            new ProcessStep([Controller, "failure", service.Name, "reset=", "86400", "actions=", "restart/5000/restart/5000/restart/60000"]),
            .. service.Variables.Count > 0 ? [SetVariables(service)] : Array.Empty<ServiceStep>(),
            .. mustStart ? [new ProcessStep(["net.exe", "start", service.Name])] : Array.Empty<ServiceStep>(),
        ];
    }

    public IReadOnlyList<ServiceStep> Uninstall(string name, ServiceScope scope) => [Stop(name), new ProcessStep([Controller, "delete", name])];

    public CdbServiceState State(string name, ServiceScope scope) => ProcessStep.Query([Controller, "query", name]).Output switch
    {
        string status when status.Contains(" RUNNING", StringComparison.Ordinal) => CdbServiceState.Running,
        string status when status.Contains(" STOPPED", StringComparison.Ordinal) => CdbServiceState.Stopped,
        _ => CdbServiceState.Changing,
    };

    public string? PostInstallHint(ServiceDefinition service) => null;

    /// <summary>Sets the environment variables of the service: the value Environment of its registry key.</summary>
    private static ProcessStep SetVariables(ServiceDefinition service) => new([
        "reg.exe", "add", $@"HKLM\SYSTEM\CurrentControlSet\Services\{service.Name}", "/v", "Environment", "/t", "REG_MULTI_SZ",
        "/d", string.Join(@"\0", service.Variables.Select(variable => $"{variable.Key}={variable.Value}")), "/f"]);

    private static ProcessStep Stop(string name) => new(["net.exe", "stop", name], NotRunning);
}
