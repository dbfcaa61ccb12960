using System.Management.Automation;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Gets the items of a poller, with how they stand, or of a configuration file.</summary>
[Cmdlet(VerbsCommon.Get, "CdbPollItem", DefaultParameterSetName = PollerSet)]
[OutputType(typeof(PollItemStatus), typeof(PollItem))]
public sealed class GetCdbPollItemCommand : PollItemCdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PollItemCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    protected override void Process()
    {
        foreach (string name in Name)
        {
            Try(() => Write(name), name);
        }
    }

    private void Write(string name)
    {
        WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
        object[] found = File is { } file
            ? [.. PollEngine.Read(file).Where(item => pattern.IsMatch(item.Name))]
            : [.. Opened.Items.Where(item => pattern.IsMatch(item.Name))];
        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            throw new NotFoundException($"There is no poll item '{name}' in '{Target}'.", name);
        }

        foreach (object item in found)
        {
            WriteObject(item);
        }
    }
}
