namespace ConnectorDb.Core.Files;

/// <summary>The state that work in a <see cref="WriteQueue{TState}"/> uses: one connection in a transaction.</summary>
internal interface ISqliteState
{
    SqliteSession Session { get; }

    /// <summary>Cancels the running work.</summary>
    CancellationToken Cancellation { set; }

    /// <summary>Called after a write transaction has begun.</summary>
    void Begun()
    {
    }

    /// <summary>Called after all or a part of the transaction was rolled back.</summary>
    void Undone()
    {
    }
}
