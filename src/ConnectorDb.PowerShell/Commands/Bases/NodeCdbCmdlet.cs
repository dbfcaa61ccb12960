using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A cmdlet that handles users, devices or streams one by one; an error with one does not stop the others.</summary>
public abstract class NodeCdbCmdlet : ConnectedCdbCmdlet
{
    private protected NodeCdbCmdlet()
    {
    }

    private protected abstract CdbPathKind Kind { get; }

    /// <summary>The paths as the user typed them.</summary>
    private protected abstract IReadOnlyList<string> Nodes { get; }

    protected abstract void Process(CdbPath path);

    protected sealed override void Process() => ForEach(Nodes, typed => Process(Resolve(typed, Kind)));

    /// <summary>Deletes a node if the user confirms it.</summary>
    private protected void Delete(CdbPath path, string action)
    {
        if (ShouldProcess(path.ToString(), action))
        {
            Await.Completion(Client.DeleteAsync(path, Cancellation));
        }
    }
}
