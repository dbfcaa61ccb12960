using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>Texts that are all prefixes of the longest one, stored as that and their lengths.</summary>
/// <param name="memory">Counts the texts that are made.</param>
internal sealed class PrefixColumn(string longest, ReadOnlyMemory<int> lengths, WorkingMemory memory) : Column, ISharedColumn
{
    public override int Count => lengths.Length;

    public long Size => ColumnSize.OfText(longest.Length) + (sizeof(int) * Count);

    public override DataValue this[int index]
    {
        get
        {
            int length = lengths.Span[index];
            memory.Use(ColumnSize.OfText(length));
            return DataValue.From(longest[..length]);
        }
    }

    public override Column Slice(int start, int count) => new PrefixColumn(longest, lengths.Slice(start, count), memory);
}
