using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>A part of the data: a member of an object or an element of an array.</summary>
internal sealed class MemberNode : ColumnNode
{
    private readonly DataValue _key;
    private readonly string? _name;
    private readonly long? _place;

    public MemberNode(DataValue key)
    {
        _key = key;
        _name = Conversion.TryText(key, out string name) ? name : null;
        _place = Conversion.TryInteger(key, out long place) ? place : null;
    }

    /// <summary>The name of the member; null for an element of an array only.</summary>
    public string? Name => _name;

    protected override Column Map(Block input, ref EvaluationError? error)
    {
        if (_name is not null && input.Values is IObjectColumn objects && objects.Member(_name) is { } member)
        {
            return member;
        }

        ColumnBuilder results = new(input.Count);
        for (int i = 0; i < input.Count; i++)
        {
            if (!TryFind(input.Values[i], out DataValue found))
            {
                error = EvaluationError.At(input, i, Problem.NotFound(Reason(input.Values[i]), _key, input.Values[i]));
                break;
            }

            results.Add(found);
        }

        return results.Build();
    }

    public override bool CanPrune => _name is not null;

    public override PruningResult? TryPrune(SegmentStatistics input)
    {
        if (_name is null || input.Member?.Invoke(_name) is not { } member)
        {
            return null;
        }

        return PruningResult.Stateless(member with { Last = input.Last is { } last ? () => Process(new Batch(last())).Block : null });
    }

    private bool TryFind(DataValue value, out DataValue found)
    {
        found = default;
        switch (value.Kind)
        {
            case DataKind.Object:
                return _name is not null && value.AsObject().TryGetValue(_name, out found);
            case DataKind.Array when _place is { } place:
                DataValue[] items = value.AsArray();
                place += place < 0 ? items.Length : 0;
                bool isInside = place >= 0 && place < items.Length;
                found = isInside ? items[place] : default;
                return isInside;
            default:
                return false;
        }
    }

    private string Reason(DataValue value) => value.Kind switch
    {
        DataKind.Object => $"The object has no member {ValueText.Short(_key)}",
        DataKind.Array => $"The array has no element {ValueText.Short(_key)}",
        DataKind.Text => $"{ValueText.Short(value)} is a text, which has no member or element {ValueText.Short(_key)}",
        _ => $"{ValueText.Short(value)} is neither an object nor an array, so it has no {ValueText.Short(_key)}",
    };
}
