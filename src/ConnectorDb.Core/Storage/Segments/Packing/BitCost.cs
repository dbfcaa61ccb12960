using System.Numerics;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>
/// Estimates the bits that a good coder needs for zigzag-encoded numbers: the entropy of the bit lengths, plus the bits below the
/// leading one.
/// </summary>
internal struct BitCost()
{
    private Lengths _lengths;
    private int _count;
    private long _plainBits;
    private int _longest;

    public readonly double BitsPerValue
    {
        get
        {
            double bits = _plainBits;
            foreach (int count in _lengths[..(_longest + 1)])
            {
                bits += count == 0 ? 0 : count * Math.Log2((double)_count / count);
            }

            return _count == 0 ? 0 : bits / _count;
        }
    }

    public void Add(long folded)
    {
        int length = 64 - BitOperations.LeadingZeroCount((ulong)folded);
        _lengths[length]++;
        _longest = Math.Max(_longest, length);
        _plainBits += Math.Max(0, length - 1);
        _count++;
    }

    [System.Runtime.CompilerServices.InlineArray(65)]
    private struct Lengths
    {
        private int _first;
    }
}
