using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Bodies;

/// <summary>The latest value of each key.</summary>
internal sealed class LatestValues(WorkingMemory memory)
{
    private readonly List<DataValue> _values = [];

    public IReadOnlyList<DataValue> All => _values;

    /// <param name="key">The number of the key, counted from 0.</param>
    /// <param name="value">Its new value.</param>
    public void Set(int key, DataValue value)
    {
        if (_values.Count <= key)
        {
            memory.Hold((long)Unsafe.SizeOf<DataValue>() * (key + 1 - _values.Count));
            CollectionsMarshal.SetCount(_values, key + 1);
        }

        memory.Hold(ColumnSize.Of(value) - ColumnSize.Of(_values[key]));
        _values[key] = value;
    }
}
