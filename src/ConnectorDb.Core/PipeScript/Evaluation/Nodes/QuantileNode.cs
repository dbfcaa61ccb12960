namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>
/// The quantile of all numbers so far, interpolated between neighbours (definition 7 of Hyndman and Fan 1996). The numbers up to
/// the quantile are kept in a max-heap, the others in a min-heap.
/// </summary>
internal sealed class QuantileNode(double part) : NumberNode
{
    /// <summary>A number and its priority in a heap that grows by doubling, in bytes.</summary>
    private const int NumberSize = 24;

    private readonly PriorityQueue<double, double> _low = new(Comparer<double>.Create((a, b) => b.CompareTo(a)));
    private readonly PriorityQueue<double, double> _high = new();
    private bool _hasNaN;

    protected override void Map(ReadOnlySpan<double> numbers, Span<double> results)
    {
        Memory.Hold(_hasNaN ? 0 : (long)NumberSize * numbers.Length);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Add(numbers[i]);
        }
    }

    private double Add(double number)
    {
        _hasNaN |= double.IsNaN(number);
        if (_hasNaN)
        {
            return double.NaN;
        }

        double place = (_low.Count + _high.Count) * part;
        int below = (int)place + 1;
        double candidate = _low.Count > 0 ? _low.EnqueueDequeue(number, number) : number;
        _high.Enqueue(candidate, candidate);
        while (_low.Count < below)
        {
            double moved = _high.Dequeue();
            _low.Enqueue(moved, moved);
        }

        double lower = _low.Peek();
        double fraction = place - Math.Floor(place);
        return fraction == 0 || _high.Count == 0 ? lower : lower + (fraction * (_high.Peek() - lower));
    }
}
