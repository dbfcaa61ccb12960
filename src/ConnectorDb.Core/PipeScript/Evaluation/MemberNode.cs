using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

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

    protected override Column Map(Block input, ref Fault? fault)
    {
        if (input.Values is RecordColumn record && _name is not null && record.Names.Count(name => name == _name) == 1)
        {
            return record.Fields[record.Names.ToList().IndexOf(_name)];
        }

        ColumnBuilder results = new(input.Count);
        for (int i = 0; i < input.Count; i++)
        {
            if (!TryFind(input.Values[i], out DataValue found))
            {
                fault = Fault.At(input, i, Problem(input.Values[i]));
                break;
            }

            results.Add(found);
        }

        return results.Build();
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

    private string Problem(DataValue value) => value.Kind switch
    {
        DataKind.Object => $"The object has no member {ValueText.Short(_key)}",
        DataKind.Array => $"The array has no element {ValueText.Short(_key)}",
        DataKind.Text => $"{ValueText.Short(value)} is a text, which has no member or element {ValueText.Short(_key)}",
        _ => $"{ValueText.Short(value)} is neither an object nor an array, so it has no {ValueText.Short(_key)}",
    };
}
