using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Bodies;

/// <summary>Keeps members of objects by a weight of each.</summary>
internal sealed class MemberRankingNode(
    PerValueBody weight, Func<IEnumerable<(string Name, DataValue Value, double Weight)>, IEnumerable<(string Name, DataValue Value, double Weight)>> select)
    : ObjectMapNode
{
    protected override EvaluationError? Add(double time, DataObject value, BlockBuilder results)
    {
        List<(string Name, DataValue Value, double Weight)> members = [];
        foreach ((string name, DataValue member) in value.Members)
        {
            Batch answer = weight.Process(time, member);
            EvaluationError? error = answer.Error;
            ReadOnlySpan<double> weights = Numbers.Read(answer.Block, answer.Block.Values, ref error).Span;
            if (error is not null)
            {
                return error;
            }

            members.Add((name, member, weights[0]));
        }

        results.Add(time, DataValue.From(new DataObject(select(members).Select(member => KeyValuePair.Create(member.Name, member.Value)).ToArray())));
        return null;
    }
}
