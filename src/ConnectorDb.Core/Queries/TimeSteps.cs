namespace ConnectorDb.Core.Queries;

/// <summary>
/// Times that grow by one step, before an end: <c>Next</c>, <c>Then</c>, <c>Then</c> + step, (<c>Then</c> + step) + step, …. The step is
/// added again and again, as in the original, so that the times are the same to the last bit.
/// </summary>
/// <param name="Next">Unix seconds of the first.</param>
/// <param name="Then">Unix seconds of the second.</param>
/// <param name="Step">Seconds from then on, more than 0.</param>
/// <param name="End">Unix seconds; all times lie before it.</param>
public readonly record struct TimeSteps(double Next, double Then, double Step, double End)
{
    /// <summary>The times t1, t1 + dt, (t1 + dt) + dt, … before t2.</summary>
    public static TimeSteps Between(double t1, double t2, double dt) => new(t1, t1 + dt, dt, t2);

    public bool IsOver => !(Next < End);

    /// <summary>How many of them lie before a time, give or take two.</summary>
    public double CountBefore(double time) => (Math.Min(time, End) - Next) / Step;

    /// <summary>The times after the first.</summary>
    public TimeSteps Rest => this with { Next = Then, Then = Then + Step };

    /// <summary>The times from this time on.</summary>
    public TimeSteps From(double time)
    {
        TimeSteps steps = this;
        while (steps.Next < time && !steps.IsOver)
        {
            steps = steps.Rest;
        }

        return steps;
    }

    /// <summary>The same times after another one.</summary>
    public TimeSteps After(double time) => this with { Next = time, Then = Next };
}
