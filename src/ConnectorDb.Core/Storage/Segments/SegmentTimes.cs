using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments;

/// <summary>The times of some adjoining datapoints, unix seconds in order; regular ones without a number for each.</summary>
public readonly ref struct SegmentTimes
{
    private readonly ReadOnlySpan<double> _each;
    private readonly LinearSequence _line;
    private readonly double _power;

    internal SegmentTimes(ReadOnlySpan<double> each)
    {
        _each = each;
        Count = each.Length;
    }

    /// <summary>Times that are whole numbers over a power of ten.</summary>
    /// <param name="line">It rises.</param>
    internal SegmentTimes(LinearSequence line, double power, int count)
    {
        _line = line;
        _power = power;
        Count = count;
    }

    public int Count { get; }

    public double this[int position] => IsLine ? _line[position] / _power : _each[position];

    private bool IsLine => _line.Step > 0;

    /// <summary>The position from <paramref name="start"/> on of the first time later than <paramref name="time"/>; the count when there is none.</summary>
    public int FirstLater(int start, double time) => IsLine ? FirstLaterOnLine(start, time) : FirstLaterOfEach(start, time);

    internal SegmentTimes Slice(int start, int count)
        => IsLine ? new SegmentTimes(_line with { First = _line[start] }, _power, count) : new SegmentTimes(_each.Slice(start, count));

    /// <summary>Guesses it, which rounding makes wrong by one at most.</summary>
    private int FirstLaterOnLine(int start, double time)
    {
        double guess = ((time * _power) - _line.First) / _line.Step;
        int position = Math.Max(start, (int)Math.Min(guess, Count));
        while (position > start && this[position - 1] > time)
        {
            position--;
        }

        while (position < Count && !(this[position] > time))
        {
            position++;
        }

        return position;
    }

    /// <summary>Goes ahead by longer and longer steps, and then halves the last one.</summary>
    private int FirstLaterOfEach(int start, double time)
    {
        int low = start;
        int step = 1;
        while (low + step <= _each.Length && !(_each[low + step - 1] > time))
        {
            low += step;
            step *= 2;
        }

        int high = Math.Min(low + step - 1, _each.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _each[middle] > time ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
