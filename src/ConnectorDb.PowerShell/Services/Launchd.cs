using System.Xml.Linq;

namespace ConnectorDb.PowerShell.Services;

/// <summary>launchd of macOS: agents, which start when the user logs in.</summary>
internal sealed class Launchd : IServiceSystem
{
    /// <summary>The exit code of <c>launchctl bootout</c> when the agent is not loaded.</summary>
    private const int NotLoaded = 3;

    /// <summary>The exit code of <c>launchctl print</c> when the agent is not loaded.</summary>
    private const int NotFound = 113;

    private const string Extension = ".plist";

    private static readonly string s_home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static readonly string s_agents = Path.Combine(s_home, "Library", "LaunchAgents");

    public ServiceScope DefaultScope => ServiceScope.CurrentUser;

    public void Check(ServiceScope scope)
    {
        if (scope == ServiceScope.AllUsers)
        {
            throw new NotAvailableException("On macOS, services run for one user. Install the service with -Scope CurrentUser.", null);
        }
    }

    public string DataFolder(string name) => Path.Combine(s_home, "Library", "Application Support", name);

    public string DefinitionPath(string name, ServiceScope scope) => Path.Combine(s_agents, name + Extension);

    public string DefinitionText(ServiceDefinition service)
    {
        XElement agent = new(
            "dict",
            Entry("Label", new XElement("string", service.Name)),
            Entry("ProgramArguments", new XElement("array", service.Command.Select(word => new XElement("string", word)))),
            Entry("EnvironmentVariables", new XElement("dict", service.Variables.Select(variable => Entry(variable.Key, new XElement("string", variable.Value))))),
            Entry("RunAtLoad", new XElement("true")),
            Entry("KeepAlive", new XElement("dict", Entry("SuccessfulExit", new XElement("false")))));
        return new XDocument(new XComment(ServiceInstaller.Mark), new XElement("plist", new XAttribute("version", "1.0"), agent)) + "\n";
    }

    public IEnumerable<string> Names(ServiceScope scope) => ServiceInstaller.MarkedNames(s_agents, Extension);

    public bool? IsOurs(string name, ServiceScope scope)
        => ServiceInstaller.IsMarked(DefinitionPath(name, scope));

    public IReadOnlyList<ServiceStep> Install(ServiceDefinition service)
    {
        bool mustStart = service.Start || (service.IsUpdate && State(service.Name, service.Scope) == CdbServiceState.Running);
        WriteFileStep write = new(DefinitionPath(service.Name, service.Scope), DefinitionText(service));
        return mustStart ? [Unload(service.Name), write, new ProcessStep(["launchctl", "bootstrap", Domain(), write.Path])] : [write];
    }

    public IReadOnlyList<ServiceStep> Uninstall(string name, ServiceScope scope) => [Unload(name), new RemoveFileStep(DefinitionPath(name, scope))];

    public CdbServiceState State(string name, ServiceScope scope) => ProcessStep.Query(["launchctl", "print", $"{Domain()}/{name}"], NotFound).Output.Contains("state = running", StringComparison.Ordinal)
        ? CdbServiceState.Running
        : CdbServiceState.Stopped;

    public string? PostInstallHint(ServiceDefinition service) => service.Start ? null : "The service starts at your next login. Use -Start to start it now.";

    private static ProcessStep Unload(string name) => new(["launchctl", "bootout", $"{Domain()}/{name}"], NotLoaded);

    private static string Domain() => "gui/" + ProcessStep.Query(["id", "-u"]).Output;

    private static object[] Entry(string key, XElement value) => [new XElement("key", key), value];
}
