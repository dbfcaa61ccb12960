using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>Interpolates several streams at common times and outputs an object per time with a property per column, or arrays.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CdbDataset", DefaultParameterSetName = EverySet)]
[OutputType(typeof(PSObject))]
public sealed class InvokeCdbDatasetCommand : TimeRangeCdbCmdlet
{
    private const string EverySet = "Every";
    private const string XSet = "X";

    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public object Column { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = EverySet)]
    [DurationArgument]
    public TimeSpan Every { get; set; }

    /// <summary>The stream or query that gives the times of the rows; several are merged.</summary>
    [Parameter(Mandatory = true, ParameterSetName = XSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public object[] X { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? PostTransform { get; set; }

    /// <summary>Keeps rows in which columns have no value.</summary>
    [Parameter]
    public SwitchParameter AllowNull { get; set; }

    /// <summary>Allows a very large number of rows.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Outputs one object with an array per column, instead of an object per row.</summary>
    [Parameter]
    [Alias("Raw")]
    public SwitchParameter AsArray { get; set; }

    protected override void End()
    {
        DatasetQuery query = Demand(Query);
        if (AsArray)
        {
            IEnumerable<string> names = query.Columns.Select(column => column.Name);
            Block[] blocks = [.. Await.Each(Client.DatasetAsync(query, Cancellation))];
            WriteObject(DatasetArrays.Of(blocks, query.X.Count > 0 ? names.Prepend(DatasetRowObjects.XName) : names));
            return;
        }

        ProgressReport progress = new(this, "Computing the dataset");
        long? total = query.Dt is { } dt ? (long)((query.T2!.Value - query.T1!.Value) / dt) + 1 : null;
        foreach (Block block in Await.Each(Client.DatasetAsync(query, Cancellation)))
        {
            foreach (object row in DatasetRowObjects.Of(block))
            {
                WriteObject(row);
                progress.Step("rows", total);
            }
        }

        progress.Complete();
    }

    private DatasetQuery Query()
    {
        DateTimeOffset? start = Start;
        IReadOnlyList<DatasetColumn> columns = new ColumnArgument(Client.Identity).Read(Column, AllowNull);
        Check(columns);
        if (AsArray && PostTransform is not null)
        {
            throw new InvalidValueException("-PostTransform needs rows, and -AsArray outputs arrays instead. Omit one of them.", PostTransform);
        }

        return ParameterSetName == XSet
            ? new DatasetQuery { X = [.. X.Select(ReadQuery)], T1 = StreamRange.After(start), Columns = columns, PostTransform = PostTransform, Force = Force }
            : new DatasetQuery
            {
                T1 = Seconds(start ?? throw new InvalidRangeException("A dataset with -Every needs a start. Give -From or -Since.", null)),
                T2 = StreamRange.UpTo(To ?? TimeProvider.System.GetUtcNow()),
                Dt = Every.TotalSeconds,
                Columns = columns,
                PostTransform = PostTransform,
                Force = Force,
            };
    }

    private static double? Seconds(DateTimeOffset? time) => time is { } given ? UnixTime.FromDateTimeOffset(given) : null;

    /// <summary>Rejects columns with the name of the property for the time or for x.</summary>
    private void Check(IReadOnlyList<DatasetColumn> columns)
    {
        string time = AsArray ? DatasetArrays.TimesName : DatasetRowObjects.TimeName;
        string[] taken = ParameterSetName == XSet ? [time, DatasetRowObjects.XName] : [time];
        if (columns.FirstOrDefault(column => taken.Contains(column.Name, StringComparer.OrdinalIgnoreCase)) is { } clash)
        {
            throw new InvalidValueException($"The name '{clash.Name}' is reserved, because every row already has this property. Choose another name for the column.", clash.Name);
        }
    }
}
