using System.Collections;
using System.Management.Automation;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Adds a poll item to a running poller and its configuration file, or to a configuration file only.</summary>
[Cmdlet(VerbsCommon.Add, "CdbPollItem", SupportsShouldProcess = true, DefaultParameterSetName = PollerSet)]
[OutputType(typeof(void))]
public sealed class AddCdbPollItemCommand : PollItemCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SamplerCompleter))]
    public string Key { get; set; } = "";

    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("Arg")]
    public string? Argument { get; set; }

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [DurationArgument]
    public TimeSpan Interval { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationArgument]
    public TimeSpan Timeout { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Stream { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Unit { get; set; }

    [Parameter]
    public IDictionary? Tag { get; set; }

    protected override void Process()
    {
        PollItem item = new()
        {
            Name = Name,
            Key = Key,
            Argument = string.IsNullOrEmpty(Argument) ? null : Argument,
            Interval = Interval,
            Timeout = IfGiven(Timeout),
            Stream = string.IsNullOrEmpty(Stream) ? null : Stream,
            Unit = string.IsNullOrEmpty(Unit) ? null : Unit,
            Tags = (Tag ?? new Hashtable()).Cast<DictionaryEntry>().ToDictionary(entry => $"{entry.Key}", entry => $"{entry.Value}"),
        };
        Try(() => Add(item), Name);
    }

    private void Add(PollItem item)
    {
        if (!ShouldProcess(Target, $"Poll {item.Key} as '{item.Name}' every {item.Interval}"))
        {
            return;
        }

        if (File is { } file)
        {
            PollEngine.Add(file, item);
        }
        else
        {
            Opened.Poller.Add(item);
        }
    }
}
