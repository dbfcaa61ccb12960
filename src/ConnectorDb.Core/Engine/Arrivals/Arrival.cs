using System.Globalization;
using System.Runtime.CompilerServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Engine.Arrivals;

/// <summary>Datapoints on their way into a sequence: gives a time to those without, and sees to the order.</summary>
internal sealed class Arrival(CdbPath path, Block points, bool restamp, TimeProvider time)
{
    /// <summary>So far the newest datapoint may lie ahead of this machine's clock before a datapoint without time is refused.</summary>
    private const double ClockTolerance = 10;

    private readonly double _now = UnixTime.FromDateTimeOffset(time.GetUtcNow());

    public Block Points { get; } = points;

    /// <exception cref="InvalidValueException">A time is infinite.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CheckTimes(CdbPath path, Block points)
    {
        ReadOnlySpan<double> times = points.Times.Span;
        for (int i = 0; i < times.Length; i++)
        {
            if (double.IsInfinity(times[i]))
            {
                throw Endless(path, i, times[i]);
            }
        }
    }

    /// <summary>The block with the times that it is kept with.</summary>
    /// <param name="newest">Unix seconds of the newest datapoint there; null when there is none.</param>
    /// <exception cref="TimeOrderException">A time lies before its predecessor.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Block Fit(double? newest)
    {
        ReadOnlySpan<double> times = Points.Times.Span;
        double last = newest ?? double.NegativeInfinity;
        double[]? changed = null;
        for (int i = 0; i < times.Length; i++)
        {
            double t = times[i];
            if (!(t >= last) || double.IsPositiveInfinity(t))
            {
                changed ??= times.ToArray();
                t = changed[i] = Placed(i, t, last, newest);
            }

            last = t;
        }

        return changed is null ? Points : Points.With(changed);
    }

    private double Placed(int index, double t, double last, double? newest)
    {
        if (double.IsInfinity(t))
        {
            throw Endless(path, index, t);
        }

        double wanted = double.IsNaN(t) ? _now : t;
        if (wanted >= last || restamp)
        {
            return Math.Max(wanted, last);
        }

        bool isFirstStored = last == newest;
        if (double.IsNaN(t) && last - _now <= ClockTolerance)
        {
            return last;
        }

        string whose = isFirstStored ? $"the newest datapoint of '{path}'" : "the datapoint before it";
        string reason = double.IsNaN(t)
            ? $"would get the time of now, {Text(_now)}, but {whose} lies ahead, at {Text(last)}. Use -Restamp to give it that time, or set the clock right."
            : $"has the time {Text(t)}, which lies before that of {whose}, {Text(last)}. Put datapoints in order of time, or use -Restamp to give older ones that time.";
        throw new TimeOrderException($"Datapoint {index} {reason}", path, index) { Reason = $"It {reason}" };
    }

    private static InvalidValueException Endless(CdbPath path, int index, double t)
    {
        string none = $"has the time {t.ToString(CultureInfo.InvariantCulture)}, which is none. Give unix seconds, or leave the time out for now.";
        return new InvalidValueException($"Datapoint {index} {none}", path) { Place = index, Reason = $"It {none}" };
    }

    private static string Text(double t)
        => $"{UnixTime.ToDateTimeOffset(t).ToString("yyyy-MM-dd HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)} ({t.ToString("R", CultureInfo.InvariantCulture)})";
}
