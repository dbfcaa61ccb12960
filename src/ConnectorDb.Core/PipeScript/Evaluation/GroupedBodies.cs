using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>One instance of a body for each key, each fed the datapoints of its key.</summary>
internal sealed class GroupedBodies(Plan plan, Activation activation, KeyIndex index)
{
    private readonly List<Node> _bodies = [];

    public IReadOnlyList<string> Keys => index.Keys;

    /// <summary>
    /// The number of each datapoint's key, and what the body of that key answered. Fewer than datapoints when one failed.
    /// </summary>
    public (int Key, DataValue Value)[] Process(Block input, Column keys, ref Fault? fault)
    {
        ReadOnlySpan<int> numbers = index.Read(input, keys, ref fault);
        while (_bodies.Count < index.Keys.Count)
        {
            _bodies.Add(plan.Start(activation.Of(_bodies.Count)));
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
                fault = answer.Fault;
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
