using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Removes poll items.</summary>
[Cmdlet(VerbsCommon.Remove, "CdbPollItem", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = PollerSet)]
[OutputType(typeof(void))]
public sealed class RemoveCdbPollItemCommand : PollItemCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PollItemCompleter))]
    public string[] Name { get; set; } = [];

    protected override void Process() => ForEach(Name, name =>
    {
        if (!WildcardSearch.HasWildcard(name))
        {
            Remove(name);
            return;
        }

        IEnumerable<string> all = File is { } file ? PollEngine.Read(file).Select(item => item.Name) : Opened.Items.Select(item => item.Name);
        string[] found = WildcardSearch.Find(all, item => item, name, "");
        if (found.Length == 0)
        {
            ReportNoMatch("poll item", name, File is null ? "Get-CdbPollItem" : $"Get-CdbPollItem -Path '{File}'");
        }

        ForEach(found, Remove);
    });

    private void Remove(string name)
    {
        if (!ShouldProcess(Target, $"Remove the poll item '{name}'", () => Find(name)))
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

        WriteVerbose(File is { } changed ? $"Removed '{name}' from '{changed}'; a running poller has it until it is restarted." : $"Stopped to poll '{name}'.");
    }

    private void Find(string name)
    {
        if (File is { } file)
        {
            PollEngine.Find(file, name);
        }
        else
        {
            Opened.Poller.Find(name);
        }
    }
}
