using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Bodies;

/// <summary>One instance of a body for each key, which processes the datapoints of its key.</summary>
internal sealed class GroupedBodies(Plan plan, Activation activation, KeyIndex index)
{
    private readonly List<Node> _bodies = [];

    public IReadOnlyList<string> Keys => index.Keys;

    /// <summary>The number of each datapoint's key and the result of that key's body. Fewer than datapoints when a body fails.</summary>
    public (int Key, DataValue Value)[] Process(Block input, Column keys, ref EvaluationError? error)
    {
        ReadOnlySpan<int> numbers = index.Read(input, keys, ref error);
        while (_bodies.Count < index.Keys.Count)
        {
            // What a body takes is measured, because it depends on the nodes of the script.
            long before = GC.GetAllocatedBytesForCurrentThread();
            _bodies.Add(plan.Start(activation.Of(_bodies.Count)));
            activation.Memory.Hold(GC.GetAllocatedBytesForCurrentThread() - before);
        }

        (int Key, DataValue Value)[] answers = new (int, DataValue)[numbers.Length];
        int done = answers.Length;
        foreach ((int key, List<int> rows) in RowsOf(numbers))
        {
            Batch answer = _bodies[key].Process(new Batch(Rows.Gather(input, rows.ToArray())));
            for (int i = 0; i < answer.Block.Count; i++)
            {
                answers[rows[i]] = (key, answer.Block.Values[i]);
            }

            if (answer.Block.Count < rows.Count && rows[answer.Block.Count] < done)
            {
                done = rows[answer.Block.Count];
                error = answer.Error;
            }
        }

        return done < answers.Length ? answers[..done] : answers;
    }

    private static Dictionary<int, List<int>> RowsOf(ReadOnlySpan<int> keys)
    {
        Dictionary<int, List<int>> rows = [];
        for (int i = 0; i < keys.Length; i++)
        {
            if (!rows.TryGetValue(keys[i], out List<int>? ofKey))
            {
                ofKey = [];
                rows.Add(keys[i], ofKey);
            }

            ofKey.Add(i);
        }

        return rows;
    }
}
