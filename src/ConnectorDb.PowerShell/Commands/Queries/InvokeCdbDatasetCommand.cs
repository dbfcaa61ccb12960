using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>Brings several streams to common times and gives one object per time, with a property per stream; or arrays.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CdbDataset", DefaultParameterSetName = EverySet)]
[OutputType(typeof(PSObject))]
public sealed class InvokeCdbDatasetCommand : ConnectedCdbCmdlet
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

    /// <summary>A stream or query whose times the rows have, or several that are merged.</summary>
    [Parameter(Mandatory = true, ParameterSetName = XSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StreamCompleter))]
    public object[] X { get; set; } = [];

    [Parameter]
    [TimeArgument]
    public DateTimeOffset? From { get; set; }

    [Parameter]
    [TimeArgument]
    public DateTimeOffset? To { get; set; }

    [Parameter]
    [TimeArgument]
    public DateTimeOffset? Since { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? PostTransform { get; set; }

    /// <summary>Keep rows in which columns have no value.</summary>
    [Parameter]
    public SwitchParameter AllowNull { get; set; }

    /// <summary>Run although there will be very many rows.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>One object with an array for each column, instead of an object for each row.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    protected override void End()
    {
        DatasetQuery query = Demand(Query);
        if (Raw)
        {
            IEnumerable<string> names = query.Columns.Select(column => column.Name);
            Block[] blocks = [.. Answer.Each(Client.DatasetAsync(query, Cancellation))];
            WriteObject(DatasetArrays.Of(blocks, query.X.Count > 0 ? names.Prepend(DatasetRows.XName) : names));
            return;
        }

        ProgressReport progress = new(this, "Computing the dataset");
        long? total = query.Dt is { } dt ? (long)((query.T2!.Value - query.T1!.Value) / dt) + 1 : null;
        foreach (Block block in Answer.Each(Client.DatasetAsync(query, Cancellation)))
        {
            foreach (object row in DatasetRows.Of(block))
            {
                WriteObject(row);
                progress.Step("rows", total);
            }
        }

        progress.Complete();
    }

    private DatasetQuery Query()
    {
        DateTimeOffset? start = StreamRange.Start(From, Since);
        IReadOnlyList<DatasetColumn> columns = new ColumnArgument(Client.Identity).Read(Column, AllowNull);
        Check(columns);
        if (Raw && PostTransform is not null)
        {
            throw new InvalidValueException("A -PostTransform makes something else of the rows, which -Raw does not have. Leave one of them out.", PostTransform);
        }

        return ParameterSetName == XSet
            ? new DatasetQuery { X = Xs(start), T1 = StreamRange.After(start), Columns = columns, PostTransform = PostTransform, Force = Force }
            : new DatasetQuery
            {
                T1 = Seconds(start ?? throw new InvalidRangeException("A dataset needs a start; give -From or -Since.", null)),
                T2 = StreamRange.UpTo(To ?? TimeProvider.System.GetUtcNow()),
                Dt = Every.TotalSeconds,
                Columns = columns,
                PostTransform = PostTransform,
                Force = Force,
            };
    }

    private static double? Seconds(DateTimeOffset? time) => time is { } given ? UnixTime.FromDateTimeOffset(given) : null;

    private DataQuery[] Xs(DateTimeOffset? start)
    {
        QueryArgument reader = new(Client.Identity);
        return X.Select(reader.Read)
            .Select(query => query.IsByIndex || query.IsByTime ? query : query with { T1 = StreamRange.After(start), T2 = StreamRange.UpTo(To) })
            .ToArray();
    }

    /// <summary>Rows have a property for the time, and in an X-dataset one for x.</summary>
    private void Check(IReadOnlyList<DatasetColumn> columns)
    {
        string time = Raw ? DatasetArrays.TimesName : DatasetRows.TimeName;
        string[] taken = ParameterSetName == XSet ? [time, DatasetRows.XName] : [time];
        if (columns.FirstOrDefault(column => taken.Contains(column.Name, StringComparer.OrdinalIgnoreCase)) is { } clash)
        {
            throw new InvalidValueException($"A column cannot be called '{clash.Name}': every row has a property of that name already. Choose another name.", clash.Name);
        }
    }
}
