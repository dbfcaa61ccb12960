using System.Globalization;
using System.Runtime.CompilerServices;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Schemas;
using ConnectorDb.Timestamps;

namespace ConnectorDb.Core.Appending;

/// <summary>The valid datapoints of a block, and the reasons of the invalid ones.</summary>
/// <param name="Points">The valid datapoints.</param>
/// <param name="Indexes">The index in the block of each; null when all are valid.</param>
/// <param name="Rejected">The invalid ones, by index.</param>
internal sealed record AppendCheck(Block Points, int[]? Indexes, IReadOnlyList<RejectedDatapoint> Rejected)
{
    /// <summary>Checks limits, schema and times that no calendar has.</summary>
    /// <param name="stream">The path of the stream, or the name of a channel, for the errors.</param>
    /// <param name="schema">Null where the schema is not known.</param>
    /// <param name="latest">The latest time that is allowed, in unix seconds.</param>
    /// <param name="budget">Limits the time of the check; null for no limit.</param>
    public static AppendCheck Of(object stream, Block points, CompiledSchema? schema, AppendOptions options, double latest = double.PositiveInfinity, QueryBudget? budget = null)
    {
        (bool areTimes, bool areWithinLimits, bool match) = Accepts(points, schema, options, latest, budget);
        if (areTimes && areWithinLimits && match)
        {
            return new AppendCheck(points, null, []);
        }

        List<RejectedDatapoint> rejected = [];
        for (int i = 0; i < points.Count; i++)
        {
            CdbException? error = (areWithinLimits ? null : ValueLimits.Check(stream, points.Values, i, options.AsExported))
                ?? (match ? null : (CdbException?)schema!.Check(stream, points, i, budget))
                ?? (areTimes ? null : TimeError(stream, points.Times.Span[i], i, latest));
            if (error is null)
            {
                continue;
            }

            rejected.Add(options.OnInvalid == OnInvalid.RejectAll ? throw error : new RejectedDatapoint(i, error));
            if (options.OnInvalid == OnInvalid.StopAtInvalid)
            {
                return new AppendCheck(points.Slice(0, i), null, rejected);
            }
        }

        return new AppendCheck(points, null, []).Without(rejected);
    }

    /// <summary>The check of a block whose column shows that it is valid, which takes no time worth a budget; otherwise null.</summary>
    /// <remarks>The names of members may have to match patterns, which takes time.</remarks>
    /// <inheritdoc cref="Of"/>
    public static AppendCheck? OfColumn(Block points, CompiledSchema schema, AppendOptions options, double latest)
        => points.Values is not RecordColumn && Accepts(points, schema, options, latest, null) is (true, true, true) ? new AppendCheck(points, null, []) : null;

    /// <summary>The index in the block of a valid datapoint.</summary>
    public int IndexOf(int valid) => Indexes?[valid] ?? valid;

    /// <summary>The check with more rejected datapoints.</summary>
    /// <param name="rejected">By index in the block.</param>
    public AppendCheck Without(List<RejectedDatapoint> rejected)
    {
        if (rejected.Count == 0)
        {
            return this;
        }

        HashSet<int> indexes = [.. rejected.Select(each => each.Index)];
        BlockBuilder kept = new(Points.Count, hasRecords: true);
        List<int> keptIndexes = new(Points.Count);
        for (int i = 0; i < Points.Count; i++)
        {
            if (!indexes.Contains(IndexOf(i)))
            {
                kept.Add(Points, i, 1);
                keptIndexes.Add(IndexOf(i));
            }
        }

        return new AppendCheck(
            kept.Count == 0 ? Block.Empty : kept.Build(),
            [.. keptIndexes],
            [.. Rejected.Concat(rejected).OrderBy(each => each.Index)]);
    }

    private static (bool Times, bool Limits, bool Schema) Accepts(Block points, CompiledSchema? schema, AppendOptions options, double latest, QueryBudget? budget) => (
        (options.AsExported && double.IsPositiveInfinity(latest)) || AreUpTo(Math.Min(latest, UnixTime.Last), points.Times.Span),
        ValueLimits.AcceptsAll(points.Values),
        schema?.AcceptsAll(points.Values, budget) ?? true);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreUpTo(double latest, ReadOnlySpan<double> times)
    {
        foreach (double t in times)
        {
            // NaN is the time of arrival.
            if (t < UnixTime.First || t > latest)
            {
                return false;
            }
        }

        return true;
    }

    private static InvalidValueException? TimeError(object stream, double t, int index, double latest)
    {
        if (double.IsNaN(t) || (UnixTime.IsInCalendar(t) && t <= latest))
        {
            return null;
        }

        string reason = UnixTime.IsInCalendar(t)
            ? $"has the time {IsoText.Of(t)}, which is further ahead of the clock than this database allows (MaxAhead). Correct the time, or the clock that it comes from."
            : $"has the time {t.ToString(CultureInfo.InvariantCulture)}, which is not a time of the years 1 to 9999. Give unix seconds (not milliseconds), or omit the time to use the current one.";
        return new InvalidValueException($"Datapoint {index + 1} {reason}", stream) { Place = index, Reason = $"It {reason}" };
    }
}
