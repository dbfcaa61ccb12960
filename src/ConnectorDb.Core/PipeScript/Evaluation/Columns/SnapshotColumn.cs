using System.Runtime.CompilerServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>
/// An object that changes in one member per row. The column stores the changes and makes an object when a row is read, because
/// all objects together would take rows times members.
/// </summary>
/// <param name="names">The names of all members in order of appearance; a row has only those that appeared so far.</param>
/// <param name="start">The values before the first row.</param>
/// <param name="changes">For each row the number of the member and its new value.</param>
/// <param name="memory">Counts the objects that are made.</param>
/// <param name="offset">The number of changes before the first row of the column.</param>
internal sealed class SnapshotColumn(
    IReadOnlyList<string> names, DataValue[] start, (int Member, DataValue Value)[] changes, WorkingMemory memory, int offset, int count) : Column, ISharedColumn
{
    /// <summary>A value, and a pair of its name and it, in bytes.</summary>
    private const long MemberSize = 40;

    private readonly DataValue[] _start = start;

    public override int Count { get; } = count;

    public long Size => ColumnSize.OfFlat(DataValue.From(_start)) + ((long)Unsafe.SizeOf<(int, DataValue)>() * changes.Length);

    public override DataValue this[int index]
    {
        get
        {
            ReadOnlySpan<(int Member, DataValue Value)> until = changes.AsSpan(0, offset + index + 1);
            int members = _start.Length;
            foreach ((int member, _) in until)
            {
                members = Math.Max(members, member + 1);
            }

            memory.Use(MemberSize * members);
            DataValue[] values = new DataValue[members];
            _start.CopyTo(values, 0);
            foreach ((int member, DataValue value) in until)
            {
                values[member] = value;
            }

            KeyValuePair<string, DataValue>[] pairs = new KeyValuePair<string, DataValue>[members];
            for (int i = 0; i < members; i++)
            {
                pairs[i] = new(names[i], values[i]);
            }

            return DataValue.From(new DataObject(pairs));
        }
    }

    public override Column Slice(int start, int count) => new SnapshotColumn(names, _start, changes, memory, offset + start, count);
}
