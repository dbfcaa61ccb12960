using System.Management.Automation;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>The session state of the runspace that completes. The constructor of SessionState makes an empty one.</summary>
internal static class CallerState
{
    public static SessionState Current
    {
        get
        {
            using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
            return (SessionState)shell.AddScript("$ExecutionContext.SessionState", useLocalScope: false).Invoke()[0].BaseObject;
        }
    }
}
