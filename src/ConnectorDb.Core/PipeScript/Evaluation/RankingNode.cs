using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>Keeps members of objects by a weight of each.</summary>
internal sealed class RankingNode(
    FreshBody weight, Func<IEnumerable<(string Name, DataValue Value, double Weight)>, IEnumerable<(string Name, DataValue Value, double Weight)>> select)
    : ObjectsNode
{
    protected override Fault? Add(double time, DataObject value, BlockBuilder results)
    {
        List<(string Name, DataValue Value, double Weight)> members = [];
        foreach ((string name, DataValue member) in value.Members)
        {
            Batch answer = weight.Process(time, member);
            Fault? fault = answer.Fault;
            ReadOnlySpan<double> weights = Numbers.Read(answer.Block, answer.Block.Values, ref fault).Span;
            if (fault is not null)
            {
                return fault;
            }

            members.Add((name, member, weights[0]));
        }

        results.Add(time, DataValue.From(new DataObject(select(members).Select(member => KeyValuePair.Create(member.Name, member.Value)).ToArray())));
        return null;
    }
}
