using System.Globalization;
using System.Runtime.CompilerServices;
using ConnectorDb.Contracts;
using ConnectorDb.Timestamps;

namespace ConnectorDb.Core.Appending;

/// <summary>Assigns the times that datapoints are stored with: the clock's where they have none, and never before the newest.</summary>
/// <param name="hasArrivalTimes">See <see cref="StreamBlock.HasArrivalTimes"/>.</param>
internal sealed class TimeAssignment(CdbPath stream, AppendOptions options, bool hasArrivalTimes, TimeProvider time)
{
    /// <summary>Maximum lead of the newest datapoint over the clock, in seconds, at which a datapoint without time is still accepted.</summary>
    private const double ClockTolerance = 10;

    private const string Restamp = "Use -Restamp to give older datapoints that time";

    private readonly double _now = UnixTime.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>The datapoints with their times, without those that come too late.</summary>
    /// <param name="newest">Unix seconds of the newest datapoint in the stream; null when there is none.</param>
    /// <exception cref="TimeOrderException">A time lies before its predecessor, and one invalid datapoint rejects all.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public AppendCheck Assign(AppendCheck check, double? newest)
    {
        ReadOnlySpan<double> times = check.Points.Times.Span;
        double last = newest ?? double.NegativeInfinity;
        double[]? changed = null;
        List<RejectedDatapoint>? rejected = null;
        for (int i = 0; i < times.Length; i++)
        {
            double t = times[i];
            if (!(t >= last))
            {
                changed ??= times.ToArray();
                if (!TryAssign(ref t, last))
                {
                    TimeOrderException error = Rejection(check.IndexOf(i), times[i], last, newest);
                    (rejected ??= []).Add(options.OnInvalid == OnInvalid.RejectAll ? throw error : new RejectedDatapoint(error.Index, error));
                    if (options.OnInvalid == OnInvalid.StopAtInvalid)
                    {
                        // It comes before a datapoint with an invalid value, so that one is not reported.
                        return new AppendCheck(check.Points.With(changed).Slice(0, i), null, rejected);
                    }

                    continue;
                }

                changed[i] = t;
            }

            last = t;
        }

        return changed is null ? check : (check with { Points = check.Points.With(changed) }).Without(rejected ?? []);
    }

    private bool TryAssign(ref double t, double last)
    {
        bool isTimedHere = double.IsNaN(t) || hasArrivalTimes;
        double wanted = double.IsNaN(t) ? _now : t;
        t = Math.Max(wanted, last);
        return wanted >= last || options.Restamp || (isTimedHere && last - _now <= ClockTolerance);
    }

    private TimeOrderException Rejection(int index, double t, double last, double? newest)
    {
        string whose = last == newest ? $"the newest datapoint of '{stream}'" : "the datapoint before it";
        string removal = last == newest && last > _now + ClockTolerance
            ? $"If that time is a mistake, take it back: Remove-CdbDatapoint {stream} -After {IsoText.Of(Math.Floor(_now))}. "
            : "";
        string reason = double.IsNaN(t) || hasArrivalTimes
            ? $"would get the current time, {Text(_now)}, but {whose} is ahead, at {Text(last)}. {removal}{Restamp}. Or correct the clock."
            : $"has the time {Text(t)}, which is before that of {whose}, {Text(last)}. {removal}Sort the datapoints by time. {Restamp}.";
        return new TimeOrderException($"Datapoint {index + 1} {reason}", stream, index) { Reason = $"It {reason}" };
    }

    private static string Text(double t)
        => $"{UnixTime.ToDateTimeOffset(t).ToString("yyyy-MM-dd HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)} ({t.ToString("R", CultureInfo.InvariantCulture)})";
}
