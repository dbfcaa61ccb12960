namespace ConnectorDb.Core.Storage;

/// <summary>The role of a process whose store does not tell it from others.</summary>
internal sealed class SoleLease : IStoreLease
{
    public bool Confirm() => true;

    public void Dispose()
    {
    }
}
