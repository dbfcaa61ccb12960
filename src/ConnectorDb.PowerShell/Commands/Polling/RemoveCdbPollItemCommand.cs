using System.Management.Automation;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Removes poll items.</summary>
[Cmdlet(VerbsCommon.Remove, "CdbPollItem", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = PollerSet)]
[OutputType(typeof(void))]
public sealed class RemoveCdbPollItemCommand : PollItemCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PollItemCompleter))]
    public string[] Name { get; set; } = [];

    protected override void Process() => ForEach(Name, Remove);

    private void Remove(string name)
    {
        if (!ShouldProcess(Target, $"Remove the poll item '{name}'"))
        {
            return;
        }

        if (File is { } file)
        {
            PollEngine.Remove(file, name);
        }
        else
        {
            Opened.Poller.Remove(name);
        }
    }
}
