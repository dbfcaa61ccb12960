namespace ConnectorDb.Core.Files;

/// <summary>What work in a <see cref="WriteQueue{TState}"/> is done on: one connection, within its open transaction.</summary>
internal interface ISqliteState
{
    SqliteSession Session { get; }

    /// <summary>Ends the work that is under way.</summary>
    CancellationToken Cancellation { set; }

    /// <summary>A transaction has begun that may write.</summary>
    void Begun()
    {
    }

    /// <summary>What was done in the transaction is undone, all of it or a part.</summary>
    void Undone()
    {
    }
}
