using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>Texts that are all prefixes of the longest one, stored as that and their lengths.</summary>
internal sealed class PrefixColumn(string longest, ReadOnlyMemory<int> lengths) : Column
{
    public override int Count => lengths.Length;

    public override DataValue this[int index] => DataValue.From(longest[..lengths.Span[index]]);

    public override Column Slice(int start, int count) => new PrefixColumn(longest, lengths.Slice(start, count));
}
