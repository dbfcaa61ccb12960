using System.Collections;
using System.Management.Automation;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>Adds a poll item to a running poller and its configuration file, or to a configuration file only.</summary>
[Cmdlet(VerbsCommon.Add, "CdbPollItem", SupportsShouldProcess = true, DefaultParameterSetName = PollerSet)]
[OutputType(typeof(void))]
public sealed class AddCdbPollItemCommand : PollItemCdbCmdlet
{
    private readonly UnusedColumns _columns;

    public AddCdbPollItemCommand() => _columns = new UnusedColumns(this, typeof(PollItem), typeof(PollItemStatus));

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [NameArgument("poll item")]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("Sampler")]
    [ArgumentCompleter(typeof(SamplerCompleter))]
    public string Key { get; set; } = "";

    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("Arg")]
    public string? Argument { get; set => field = NonEmptyCell(value); }

    /// <summary>A TimeSpan, after its conversion. Not of this type, because PowerShell's own prompt would then read 60 as days.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [DurationArgument]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public object Interval { get; set; } = TimeSpan.Zero;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationArgument(AllowEmpty = true)]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan Timeout { get; set => field = Cell(value); } = DurationArgumentAttribute.Empty;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ChannelCompleter))]
    public string? Stream { get; set => field = NonEmptyCell(value); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Unit { get; set => field = NonEmptyCell(value); }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Tags")]
    [LabelsArgument]
    public IDictionary? Tag { get; set => field = NonEmptyCell(value); }

    protected override void Process()
    {
        _columns.Check();
        PollItem item = new()
        {
            Name = Name,
            Key = Key,
            Argument = Argument,
            Interval = (TimeSpan)Interval,
            Timeout = Timeout == DurationArgumentAttribute.Empty ? null : Timeout,
            Stream = Stream,
            Unit = Unit,
            Tags = Tag as LabelSet ?? LabelSet.None,
        };
        Try(() => Add(item), Name);
    }

    private void Check(PollItem item)
    {
        if (File is { } file)
        {
            PollEngine.CheckToAdd(file, item);
        }
        else
        {
            Opened.Poller.CheckToAdd(item);
        }
    }

    private void Add(PollItem item)
    {
        if (!ShouldProcess(Target, $"Poll {item.Key} as '{item.Name}' every {item.Interval}", () => Check(item)))
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

        WriteVerbose(File is { } changed ? $"Added '{item.Name}' to '{changed}'; pollers read it when they start." : $"Polls '{item.Name}' every {item.Interval}.");
    }
}
