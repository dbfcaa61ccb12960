namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The largest members of an object.</summary>
internal sealed class TopTransform() : MemberRankingTransform("top", "largest", "the five most frequent values")
{
    internal override IOrderedEnumerable<WeightedMember> Order(IEnumerable<WeightedMember> members) => members.OrderByDescending(member => member.Weight);
}
