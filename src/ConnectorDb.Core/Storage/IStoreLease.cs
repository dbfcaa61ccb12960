namespace ConnectorDb.Core.Storage;

/// <summary>A role that one process has, of all that use the store, until its disposal or its end.</summary>
public interface IStoreLease : IDisposable
{
    /// <summary>Asks the store. False when the role was lost, for example with the connection to a database; another process may have it then.</summary>
    bool Confirm();
}
