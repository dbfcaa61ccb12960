using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ConnectorDb.Core.Queries;

/// <summary>
/// Finds the end of the datapoints up to a time. It scans instead of searching by halves, because transforms may return
/// datapoints out of order, and those count as later.
/// </summary>
internal static class TimeScan
{
    /// <summary>The index from <paramref name="start"/> on of the first time later than <paramref name="time"/>; the length when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int FirstLater(ReadOnlySpan<double> times, int start, double time)
    {
        int at = start;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<double> bound = Vector256.Create(time);
            ref double first = ref MemoryMarshal.GetReference(times);
            for (; at <= times.Length - Vector256<double>.Count; at += Vector256<double>.Count)
            {
                uint later = Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, (nuint)at), bound).ExtractMostSignificantBits();
                if (later != 0)
                {
                    return at + BitOperations.TrailingZeroCount(later);
                }
            }
        }

        while (at < times.Length && !(times[at] > time))
        {
            at++;
        }

        return at;
    }
}
