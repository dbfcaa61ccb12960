using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Display;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.PowerShell.Values;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>Removes the newest datapoints of streams. Datapoints with later ones after them cannot be removed.</summary>
[Cmdlet(VerbsCommon.Remove, "CdbDatapoint", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = AfterSet)]
[OutputType(typeof(void))]
public sealed class RemoveCdbDatapointCommand : StreamCdbCmdlet
{
    private const string AfterSet = "After";
    private const string LastSet = "Last";

    /// <summary>
    /// The datapoints that are later than this time: a DateTimeOffset, after its conversion. Not of this type, because PowerShell's own prompt would then not take the forms of <see cref="TimeText"/>.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = AfterSet, ValueFromPipelineByPropertyName = true)]
    [TimeArgument]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public object After { get; set => field = OfSet(value); } = DateTimeOffset.MinValue;

    /// <summary>The number of datapoints.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LastSet, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, long.MaxValue)]
    public long Last { get; set => field = OfSet(value); }

    protected override void Process(CdbPath path)
    {
        long count = Await.Result(Client.CountAsync(path, Cancellation));
        double after = UnixTime.FromDateTimeOffset((DateTimeOffset)After);
        long from = ParameterSetName == LastSet ? Math.Max(0, count - Last) : Await.Result(Client.IndexOfTimeAsync(path, after, Cancellation));
        if (from >= count)
        {
            WriteWarning($"'{path}' has no datapoints{(count == 0 ? "" : $" after {IsoText.Of(after)}")}; nothing was removed.");
            return;
        }

        if (ShouldProcess(path.ToString(), Action(path, from, count), () => Trial.CheckRemoveNewest(path)))
        {
            Await.Completion(Client.RemoveNewestAsync(path, from, count, Cancellation));
            StreamListing.NoteChange();
            WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"Removed the newest {CountText.Of(count - from, "datapoint")} of '{path}'; {from:N0} left."));
        }
    }

    private string Action(CdbPath path, long from, long count)
    {
        string first = IsoText.Of(TimeOf(path, from));
        return count - from == 1
            ? $"Remove the newest datapoint, of {first}"
            : $"Remove the newest {(count - from).ToString("N0", CultureInfo.InvariantCulture)} datapoints, from {first} to {IsoText.Of(TimeOf(path, count - 1))}";
    }

    private double TimeOf(CdbPath path, long index)
    {
        double t = double.NaN;
        foreach (Block block in Await.Each(Client.ReadAsync(new DataQuery(path) { I1 = index, I2 = index + 1 }, Cancellation)))
        {
            t = block.Count > 0 ? block.Times.Span[0] : t;
        }

        return t;
    }
}
