using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>A cmdlet that reads several streams in a common time range.</summary>
public abstract class TimeRangeCdbCmdlet : ConnectedCdbCmdlet
{
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? From { get; set; }

    [Parameter]
    [TimeArgument]
    public DateTimeOffset? To { get; set; }

    [Parameter]
    [TimeArgument]
    public DateTimeOffset? Since { get; set; }

    private protected DateTimeOffset? Start => StreamRange.Start(From, Since);

    /// <summary>Reads a query; without a range of its own, it gets the common range.</summary>
    private protected DataQuery ReadQuery(object given)
    {
        DataQuery query = new QueryArgument(Client.Identity).Read(given);
        return query.IsByIndex || query.IsByTime
            ? query
            : query with { T1 = StreamRange.After(Start), T2 = StreamRange.UpTo(To) };
    }
}
