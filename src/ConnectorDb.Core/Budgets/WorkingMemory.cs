namespace ConnectorDb.Core.Budgets;

/// <summary>The memory of one execution of a script: the values of its current batch, and its state.</summary>
internal sealed class WorkingMemory(QueryBudget budget)
{
    private long _state;

    public QueryBudget Budget => budget;

    /// <summary>Bytes that the values of the current batch take.</summary>
    public long Values { get; private set; }

    /// <summary>Begins the next batch; the values of the one before are no longer needed.</summary>
    public void BeginBatch()
    {
        budget.Take(-Values);
        Values = 0;
        budget.Check();
    }

    /// <summary>Takes memory for values of the current batch.</summary>
    /// <exception cref="QueryLimitException">The limit is reached.</exception>
    public void Use(long bytes)
    {
        Values += bytes;
        budget.Take(bytes);
    }

    /// <summary>Takes memory for a result, as far as its parts were not counted while it was made.</summary>
    /// <param name="before"><see cref="Values"/> before it was made.</param>
    public void UseSince(long before, long bytes)
    {
        long missing = before + bytes - Values;
        if (missing > 0)
        {
            Use(missing);
        }
    }

    /// <summary>Takes memory for state, which lasts until <see cref="Clear"/>; a negative number gives back.</summary>
    /// <exception cref="QueryLimitException">The limit is reached.</exception>
    public void Hold(long bytes)
    {
        _state += bytes;
        budget.Take(bytes);
    }

    /// <summary>Takes memory for state that replaces other state.</summary>
    /// <param name="held">The bytes of the old state, and afterwards of the new one.</param>
    public void Replace(ref long held, long bytes)
    {
        Hold(bytes - held);
        held = bytes;
    }

    /// <summary>Gives everything back.</summary>
    public void Clear()
    {
        budget.Take(-Values - _state);
        (Values, _state) = (0, 0);
    }
}
