using System.Xml.Linq;

namespace ConnectorDb.PowerShell.Services;

/// <summary>Services of macOS: agents of a user. They start when the user logs in.</summary>
internal sealed class Launchd : IServiceSystem
{
    /// <summary>The exit code of <c>launchctl bootout</c> when the agent is not loaded.</summary>
    private const int NotLoaded = 3;

    /// <summary>The exit code of <c>launchctl print</c> when the agent is not loaded.</summary>
    private const int NotFound = 113;

    private static readonly string s_home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public ServiceScope DefaultScope => ServiceScope.CurrentUser;

    public void Check(ServiceScope scope)
    {
        if (scope == ServiceScope.AllUsers)
        {
            throw new NotAvailableException("On macOS the service is one of a user: install it with -Scope CurrentUser.", null);
        }
    }

    public string DataFolder(string name) => Path.Combine(s_home, "Library", "Application Support", name);

    public string DefinitionPath(string name, ServiceScope scope) => Path.Combine(s_home, "Library", "LaunchAgents", name + ".plist");

    public string Definition(ServiceOrder order)
    {
        XElement agent = new(
            "dict",
            Entry("Label", new XElement("string", order.Name)),
            Entry("ProgramArguments", new XElement("array", order.Command.Select(word => new XElement("string", word)))),
            Entry("EnvironmentVariables", new XElement("dict", order.Variables.Select(variable => Entry(variable.Key, new XElement("string", variable.Value))))),
            Entry("RunAtLoad", new XElement("true")),
            Entry("KeepAlive", new XElement("dict", Entry("SuccessfulExit", new XElement("false")))));
        return new XDocument(new XComment(ServiceInstaller.Mark), new XElement("plist", new XAttribute("version", "1.0"), agent)) + "\n";
    }

    public bool? IsOurs(string name, ServiceScope scope)
        => DefinitionPath(name, scope) is var path && File.Exists(path) ? File.ReadAllText(path).Contains(ServiceInstaller.Mark, StringComparison.Ordinal) : null;

    public IReadOnlyList<ServiceStep> Install(ServiceOrder order)
    {
        bool isToStart = order.Start || (order.IsUpdate && State(order.Name, order.Scope) == CdbServiceState.Running);
        WriteStep write = new(DefinitionPath(order.Name, order.Scope), Definition(order));
        return isToStart ? [Unload(order.Name), write, new RunStep(["launchctl", "bootstrap", Domain(), write.Path])] : [write];
    }

    public IReadOnlyList<ServiceStep> Uninstall(string name, ServiceScope scope) => [Unload(name), new RemoveStep(DefinitionPath(name, scope))];

    public CdbServiceState State(string name, ServiceScope scope) => RunStep.Ask(["launchctl", "print", $"{Domain()}/{name}"], NotFound).Output.Contains("state = running", StringComparison.Ordinal)
        ? CdbServiceState.Running
        : CdbServiceState.Stopped;

    public string? Remark(ServiceOrder order) => order.Start ? null : "The service starts when you log in the next time; -Start starts it now.";

    private static RunStep Unload(string name) => new(["launchctl", "bootout", $"{Domain()}/{name}"], NotLoaded);

    private static string Domain() => "gui/" + RunStep.Ask(["id", "-u"]).Output;

    private static object[] Entry(string key, XElement value) => [new XElement("key", key), value];
}
