using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Commands.Charts;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Gets streams by name; without a name, all streams of the current device. The path of a device or user stands for all its streams.</summary>
[Cmdlet(VerbsCommon.Get, "CdbStream")]
[OutputType(typeof(CdbStream))]
public sealed class GetCdbStreamCommand : ConnectedCdbCmdlet
{
    private readonly List<CdbStream> _found = [];

    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [Alias("Path", "FullName", "Name")]
    [PathArgument(CdbPathKind.Stream, TakesOwners = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public string[] Stream { get; set; } = ["*"];

    /// <summary>Only streams of public devices.</summary>
    [Parameter]
    public SwitchParameter Public { get; set; }

    /// <summary>Only streams of devices that programs show.</summary>
    [Parameter]
    public SwitchParameter Visible { get; set; }

    /// <summary>Only streams with a downlink.</summary>
    [Parameter]
    public SwitchParameter Downlink { get; set; }

    /// <summary>Only streams with these labels; values can have wildcards.</summary>
    [Parameter]
    [Alias("Labels")]
    [NonNull]
    [LabelsArgument]
    [ArgumentCompleter(typeof(LabelCompleter))]
    public LabelSet? Label { get; set; }

    /// <summary>Searches for names without a device in all devices of the user.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Adds a line of the values of this time to each stream.</summary>
    [Parameter]
    [DurationArgument]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan Trend { get; set; }

    private LabelPattern[] Labels => Label is null ? [] : [.. Label.Select(label => new LabelPattern(label.Key, label.Value))];

    private bool IsOwner(CdbDevice device) => (device.Public || !Public) && (device.Visible || !Visible);

    protected override void Begin()
    {
        base.Begin();
        if (IfGiven(Trend) <= TimeSpan.Zero)
        {
            throw new InvalidRangeException("-Trend must be longer than 0. Give a time span such as 24h or 7d.", Trend);
        }
    }

    protected override void Process()
    {
        TreeSearch search = new(Client, Cancellation);
        ForEach(Stream, typed =>
        {
            bool isEverywhere = (Recurse || Label is not null) && !typed.Contains('/', StringComparison.Ordinal);
            PathPattern pattern = PathPattern.Resolve(isEverywhere ? "*/" + typed : typed, CdbPathKind.Stream, Client.Identity);
            IEnumerable<CdbStream> found = Label is null
                ? search.Streams(pattern.User, pattern.Device, pattern.Stream, Public || Visible ? IsOwner : null)
                : search.Streams(pattern.User, pattern.Device, pattern.Stream, Public || Visible ? IsOwner : null, Labels);
            IEnumerable<CdbStream> wanted = (isEverywhere && !WildcardSearch.HasWildcard(typed) ? Demand(found, typed) : found).Where(stream => stream.Downlink || !Downlink);
            if (!Given(nameof(Trend)))
            {
                WriteEach(wanted);
            }
            else
            {
                _found.AddRange(wanted);
            }
        });
    }

    // All streams of the pipeline at once, in one request.
    protected override void End()
    {
        if (IfGiven(Trend) is { } span && _found.Count > 0)
        {
            WriteEach(StreamTrends.Add(Client, _found, span, Cancellation));
        }
    }

    /// <exception cref="NotFoundException">There is none.</exception>
    private CdbStream[] Demand(IEnumerable<CdbStream> found, string name)
    {
        CdbStream[] streams = [.. found];
        return streams.Length > 0
            ? streams
            : throw new NotFoundException($"There is no stream '{name}' in {(Public ? "a public device" : "any device")} of '{Client.Identity.User}', or this login may not see it. Get-CdbStream -Recurse lists the visible ones.", name);
    }
}
