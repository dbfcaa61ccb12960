using System.Management.Automation;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Gets the items of a poller with their status, or the items of a configuration file.</summary>
[Cmdlet(VerbsCommon.Get, "CdbPollItem", DefaultParameterSetName = PollerSet)]
[OutputType(typeof(PollItemStatus), typeof(PollItem))]
public sealed class GetCdbPollItemCommand : PollItemCdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [ArgumentCompleter(typeof(PollItemCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    protected override void Process() => ForEach(Name, name =>
    {
        string missing = $"There is no poll item '{name}' in {(Path is null && Opened.Path is null ? Target : $"'{Target}'")}. Get-CdbPollItem lists the items.";
        if (File is { } file)
        {
            WriteEach(WildcardSearch.Find(PollEngine.Read(file), item => item.Name, name, missing));
        }
        else
        {
            WriteEach(WildcardSearch.Find(Opened.Items, item => item.Name, name, missing));
        }
    });
}
