using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ConnectorDb.Columns;

/// <summary>
/// An exact sum of doubles in any order, rounded once when it is read, so that partial sums can be added. It is a list of doubles
/// that do not overlap (Shewchuk, Adaptive Precision Floating-Point Arithmetic, 1997). Beyond the range of a double it is
/// infinite and stays so.
/// </summary>
public sealed class ExactSum
{
    /// <summary>The parts in ascending order, without zeros.</summary>
    private readonly List<double> _parts = [];

    /// <summary>The sum once it is no longer finite; 0 before.</summary>
    private double _beyond;

    public void Add(double number)
    {
        // Grow-expansion of Shewchuk: adding the number to each part in turn yields a rounded sum and an exact error, which is kept.
        double sum = number;
        int kept = 0;
        for (int i = 0; i < _parts.Count; i++)
        {
            (sum, double rest) = AddTwo(sum, _parts[i]);
            if (rest != 0)
            {
                _parts[kept++] = rest;
            }
        }

        if (!double.IsFinite(sum))
        {
            _beyond += sum;
            _parts.Clear();
            return;
        }

        _parts.RemoveRange(kept, _parts.Count - kept);
        if (sum != 0)
        {
            _parts.Add(sum);
        }
    }

    public void Add(ReadOnlySpan<double> numbers)
    {
        int done = AddFours(numbers);
        foreach (double number in numbers[done..])
        {
            Add(number);
        }
    }

    /// <summary>Adds a sum exactly.</summary>
    public void Add(ExactSum other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._beyond != 0)
        {
            Add(other._beyond);
        }

        foreach (double part in other._parts)
        {
            Add(part);
        }
    }

    /// <summary>The double nearest to the sum; of two equally near, the even one.</summary>
    public double Rounded
    {
        get
        {
            if (_beyond != 0 || _parts.Count == 0)
            {
                return _beyond;
            }

            int at = _parts.Count - 1;
            double sum = _parts[at];
            double rest = 0;
            while (at > 0 && rest == 0)
            {
                (sum, rest) = AddTwo(sum, _parts[--at]);
            }

            // Half-way between two doubles, the smaller parts decide the rounding, and the last addition has not seen them.
            double doubled = 2 * rest;
            return at > 0 && Math.Sign(rest) == Math.Sign(_parts[at - 1]) && sum + doubled - sum == doubled ? sum + doubled : sum;
        }
    }

    /// <summary>The difference of the sum to <see cref="Rounded"/>; null when no double holds it.</summary>
    public double? Rest
    {
        get
        {
            double rounded = Rounded;
            if (!double.IsFinite(rounded))
            {
                return null;
            }

            if (_parts.Count < 2)
            {
                return 0;
            }

            ExactSum rest = new();
            rest._parts.AddRange(_parts);
            rest.Add(-rounded);
            return rest._parts.Count switch
            {
                0 => 0,
                1 => rest._parts[0],
                _ => null,
            };
        }
    }

    private static (double Sum, double Error) AddTwo(double a, double b)
    {
        double sum = a + b;
        double part = sum - a;
        return (sum, a - (sum - part) + (b - part));
    }

    private static (Vector256<double> Sum, Vector256<double> Error) AddTwo(Vector256<double> a, Vector256<double> b)
    {
        Vector256<double> sum = a + b;
        Vector256<double> part = sum - a;
        return (sum, a - (sum - part) + (b - part));
    }

    /// <summary>Adds numbers in four vectorized sums of two doubles each while those are exact; returns the number of added numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int AddFours(ReadOnlySpan<double> numbers)
    {
        ReadOnlySpan<Vector256<double>> fours = MemoryMarshal.Cast<double, Vector256<double>>(numbers);
        if (fours.IsEmpty)
        {
            return 0;
        }

        Vector256<double> high = Vector256<double>.Zero;
        Vector256<double> low = Vector256<double>.Zero;
        int i = 0;
        for (; i < fours.Length; i++)
        {
            (Vector256<double> sum, Vector256<double> rest) = AddTwo(high, fours[i]);
            (Vector256<double> rests, Vector256<double> lost) = AddTwo(low, rest);
            if (!Vector256.EqualsAll(lost, Vector256<double>.Zero))
            {
                break;
            }

            high = sum;
            low = rests;
        }

        for (int lane = 0; lane < Vector256<double>.Count; lane++)
        {
            Add(high[lane]);
            Add(low[lane]);
        }

        return i * Vector256<double>.Count;
    }
}
