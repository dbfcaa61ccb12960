namespace ConnectorDb.Core.Queries;

/// <summary>
/// Times that grow by steps, before an end: <c>Next</c>, <c>Then</c>, <c>Then</c> + step, (<c>Then</c> + step) + step, …. The step is
/// added again and again, as in the original, so that the times are the same to the last bit.
/// </summary>
/// <param name="Next">Unix seconds of the first.</param>
/// <param name="Then">Unix seconds of the second.</param>
/// <param name="Step">Seconds from then on, more than 0; about so many when the times come from a calendar.</param>
/// <param name="End">Unix seconds; all times lie before it.</param>
public readonly record struct TimeSteps(double Next, double Then, double Step, double End)
{
    /// <summary>The starts of calendar units, instead of equal steps.</summary>
    private readonly CalendarGrid? _calendar;

    /// <summary>The times lie just before those of the steps.</summary>
    private readonly bool _areBefore;

    private TimeSteps(CalendarGrid calendar, double end)
        : this(calendar.First, calendar.After(calendar.First), calendar.LongestStep, end) => _calendar = calendar;

    private TimeSteps(TimeSteps steps, bool areBefore)
        : this(steps.Next, steps.Then, steps.Step, steps.End)
    {
        _calendar = steps._calendar;
        _areBefore = areBefore;
    }

    public bool IsOver => !(Next < End);

    /// <summary>Unix seconds of the first time.</summary>
    public double Time => _areBefore ? Math.BitDecrement(Next) : Next;

    /// <summary>The times t1, t1 + dt, (t1 + dt) + dt, … before t2.</summary>
    public static TimeSteps Between(double t1, double t2, double dt) => new(t1, t1 + dt, dt, t2);

    /// <summary>The starts of calendar units before t2.</summary>
    internal static TimeSteps Of(CalendarGrid calendar, double t2) => new(calendar, t2);

    /// <summary>The step before the first time.</summary>
    internal double Previous => _calendar?.Before(Next) ?? Next - Step;

    /// <summary>How many of them lie before a time, give or take two.</summary>
    public double CountBefore(double time) => (Math.Min(time, End) - (double.IsFinite(Next) ? Next : Then)) / Step;

    /// <summary>The times after the first.</summary>
    public TimeSteps Rest => this with { Next = Then, Then = _calendar?.After(Then) ?? Then + Step };

    /// <summary>The times from this time on.</summary>
    public TimeSteps From(double time)
    {
        TimeSteps steps = this;
        while (steps.Time < time && !steps.IsOver)
        {
            steps = steps.Rest;
        }

        return steps;
    }

    /// <summary>The same times after another one.</summary>
    public TimeSteps After(double time) => this with { Next = time, Then = Next };

    /// <summary>The last moments before these times and before at least the next one.</summary>
    public TimeSteps JustBefore() => new(this with { End = End + (2 * Step) }, areBefore: true);
}
