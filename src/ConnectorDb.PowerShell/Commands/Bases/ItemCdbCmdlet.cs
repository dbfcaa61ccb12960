namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A cmdlet that does something with each of the users, devices or streams it is given; trouble with one does not stop the others.</summary>
public abstract class ItemCdbCmdlet : ConnectedCdbCmdlet
{
    private protected ItemCdbCmdlet()
    {
    }

    private protected abstract CdbPathKind Kind { get; }

    /// <summary>What the user typed.</summary>
    private protected abstract IReadOnlyList<string> Items { get; }

    protected abstract void Process(CdbPath path);

    protected sealed override void Process()
    {
        foreach (string typed in Items)
        {
            Try(() => Process(Resolve(typed, Kind)), typed);
        }
    }
}
