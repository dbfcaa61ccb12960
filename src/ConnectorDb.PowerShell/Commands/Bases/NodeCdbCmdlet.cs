using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A cmdlet that handles users, devices or streams one by one; an error with one does not stop the others.</summary>
public abstract class NodeCdbCmdlet : ConnectedCdbCmdlet
{
    private readonly RowParameters _rows;

    private protected NodeCdbCmdlet() => _rows = new RowParameters(this);

    private protected abstract CdbPathKind Kind { get; }

    /// <summary>The paths as the user typed them, with or without wildcards.</summary>
    private protected abstract IReadOnlyList<string> Nodes { get; }

    /// <summary>The object that the user gave for the node in process; null for a path.</summary>
    private protected object? GivenNode { get; private set; }

    protected abstract void Process(CdbPath path);

    private protected sealed override bool Given(string parameter) => base.Given(parameter) || _rows.Gives(parameter);

    /// <summary>True when the cmdlet creates the nodes, so that a name has no wildcards.</summary>
    private protected virtual bool Creates => false;

    protected override void Begin()
    {
        base.Begin();
        _rows.Begin();
    }

    protected override void Process() => _rows.Run(TableRow.Take(), ProcessNodes);

    private protected void ProcessNodes() => ForEach(Nodes, typed =>
    {
        GivenNode = GivenNodes.Find(typed);
        if (Creates || !WildcardSearch.HasWildcard(typed))
        {
            Process(CdbPath.Resolve(typed, Kind, Client.Identity));
        }
        else
        {
            CdbPath[] found = new TreeSearch(Client, Cancellation).Paths(typed, Kind);
            if (found.Length == 0)
            {
                ReportNoMatch(Kind, typed);
            }

            ForEach(found, Process);
        }
    });

    /// <summary>Deletes a node if the user confirms it.</summary>
    private protected void Delete(CdbPath path, string action)
    {
        if (ShouldProcess(path.ToString(), action, () => CheckDelete(path)))
        {
            string content = IsVerbose ? Content(path) : "";
            Await.Completion(Client.DeleteAsync(path, Cancellation));
            WriteVerbose($"Deleted '{path}'{content}.");
        }
    }

    private void CheckDelete(CdbPath path)
    {
        Find(path);
        Trial.CheckDelete(path);
    }

    /// <summary>The number of devices, streams or datapoints of a node, for a message.</summary>
    private string Content(CdbPath path) => path.Kind switch
    {
        CdbPathKind.User => $" with {CountText.Of(Await.Result(Client.ListDevicesAsync(path, Cancellation).CountAsync(Cancellation)), "device")}",
        CdbPathKind.Device => $" with {CountText.Of(Await.Result(Client.ListStreamsAsync(path, Cancellation).CountAsync(Cancellation)), "stream")}",
        _ => $" with {CountText.Of(Await.Result(Client.CountAsync(path, Cancellation)), "datapoint")}",
    };
}
