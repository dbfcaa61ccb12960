using ConnectorDb.Columns;

namespace ConnectorDb.Core.Charts;

/// <summary>Counts the texts, booleans and nulls in the columns of a chart.</summary>
internal sealed class StateCounter
{
    private readonly HashSet<string> _all = new(StringComparer.Ordinal);
    private readonly List<StateCount> _current = [];

    /// <summary>False once the values are too many or too long, or have objects among them: then they are no states.</summary>
    public bool HasStates { get; private set; } = true;

    /// <summary>The states since the last call, the newest last.</summary>
    public StateCount[] Take()
    {
        StateCount[] taken = [.. _current];
        _current.Clear();
        return taken;
    }

    /// <summary>Adds the values that are not numbers.</summary>
    public void Add(Column values)
    {
        switch (values)
        {
            case NumberColumn or IntegerColumn:
                break;
            case BooleanColumn booleans:
                Add(booleans.Values.Span);
                break;
            case TextColumn texts:
                foreach (string text in texts.Values.Span)
                {
                    Add(text, 1);
                }

                break;
            case ValueColumn mixed:
                foreach (DataValue value in mixed.Values.Span)
                {
                    Add(value);
                }

                break;
            default:
                HasStates = false;
                break;
        }
    }

    /// <summary>Adds a value, unless it is a number.</summary>
    public void Add(DataValue value)
    {
        if (value.Kind is DataKind.Array or DataKind.Object)
        {
            HasStates = false;
        }
        else if (!value.IsNumber)
        {
            Add(value.Kind switch { DataKind.Text => value.AsText(), DataKind.Boolean => NameOf(value.AsBoolean()), _ => "null" }, 1);
        }
    }

    /// <summary>Adds a state with its number of datapoints.</summary>
    public void Add(string state, long count)
    {
        if (!HasStates)
        {
            return;
        }

        int at = _current.Count - 1;
        if (at < 0 || !string.Equals(_current[at].State, state, StringComparison.Ordinal))
        {
            at = _current.FindIndex(known => string.Equals(known.State, state, StringComparison.Ordinal));
        }

        if (at < 0)
        {
            _all.Add(state);
            HasStates = _all.Count <= ChartQuery.MaxStates && state.Length <= ChartQuery.MaxStateLength;
        }

        StateCount counted = new(state, count + (at < 0 ? 0 : _current[at].Count));
        if (at >= 0 && at == _current.Count - 1)
        {
            _current[at] = counted;
            return;
        }

        if (at >= 0)
        {
            _current.RemoveAt(at);
        }

        _current.Add(counted);
    }

    private void Add(ReadOnlySpan<bool> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        bool last = values[^1];
        int same = values.Count(last);
        if (same < values.Length)
        {
            Add(NameOf(!last), values.Length - same);
        }

        Add(NameOf(last), same);
    }

    private static string NameOf(bool value) => value ? "true" : "false";
}
