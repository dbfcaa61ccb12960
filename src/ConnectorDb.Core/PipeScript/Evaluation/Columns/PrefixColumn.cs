using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>Texts of which each begins the next, kept as the longest one and their lengths.</summary>
internal sealed class PrefixColumn(string longest, ReadOnlyMemory<int> lengths) : Column
{
    public override int Count => lengths.Length;

    public override DataValue this[int index] => DataValue.From(longest[..lengths.Span[index]]);

    public override Column Slice(int start, int count) => new PrefixColumn(longest, lengths.Slice(start, count));
}
