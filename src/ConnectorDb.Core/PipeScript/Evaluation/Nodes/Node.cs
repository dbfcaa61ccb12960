using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>
/// A running part of a script: processes batches of datapoints and returns batches. It has state; a restart makes a new node.
/// After the last batch it is not called again.
/// </summary>
internal abstract class Node
{
    /// <summary>The memory of the execution. The plan that starts the node sets it.</summary>
    public WorkingMemory Memory
    {
        get => field ?? throw new InvalidOperationException("A node has no memory before its plan has started it.");
        set;
    }

    /// <summary>
    /// Processes the next datapoints and returns the results that are known by then. A one-to-one node returns one result per
    /// datapoint in order, at once unless it looks ahead. When a result cannot be computed, the results before it are returned
    /// with the error.
    /// </summary>
    /// <exception cref="QueryLimitException">The results are larger than a limit of the query.</exception>
    public Batch Process(Batch input)
    {
        WorkingMemory memory = Memory;
        memory.Budget.Step();
        long before = memory.Values;
        Batch results = Run(input);
        if (results.Block.Count > 0 && !ReferenceEquals(results.Block.Values, input.Block.Values))
        {
            Count(memory, results.Block.Values, before);
        }

        return results;
    }

    /// <inheritdoc cref="Process"/>
    protected abstract Batch Run(Batch input);

    /// <summary><see cref="TryPrune"/> may give a result.</summary>
    public virtual bool CanPrune => false;

    /// <summary>
    /// The output for datapoints of which only the statistics are known; null when the node must see them. The state does not
    /// change.
    /// </summary>
    public virtual PruningResult? TryPrune(SegmentStatistics input) => null;

    /// <summary>Counts results once, here, so that no transform can forget it.</summary>
    private static void Count(WorkingMemory memory, Column values, long before)
    {
        if (values is ConstantColumn)
        {
            return;
        }

        QueryBudget budget = memory.Budget;
        long size = ColumnSize.Of(values, Math.Min(budget.MemoryLeft, budget.MaxValueSize * values.Count));
        if (size > budget.MaxValueSize)
        {
            budget.CheckValue(ColumnSize.OfLargest(values, budget.MaxValueSize));
        }

        memory.UseSince(before, size);
    }
}
