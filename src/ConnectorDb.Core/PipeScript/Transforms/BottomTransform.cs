namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The smallest members of an object.</summary>
internal sealed class BottomTransform() : MemberRankingTransform("bottom", "smallest", "the five rarest values")
{
    internal override IOrderedEnumerable<WeightedMember> Order(IEnumerable<WeightedMember> members) => members.OrderBy(member => member.Weight);
}
