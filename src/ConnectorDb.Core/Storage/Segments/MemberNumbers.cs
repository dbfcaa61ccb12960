namespace ConnectorDb.Core.Storage.Segments;

/// <summary>Statistics of a member of objects that is a number in all of them.</summary>
/// <param name="Minimum">The smallest number; NaN when it is not known.</param>
/// <param name="Maximum">The largest number; NaN when it is not known.</param>
/// <param name="RunningSum">The sum of the member from the start of the sequence on, as <see cref="Segments.RunningSum"/>.</param>
public readonly record struct MemberNumbers(double Minimum, double Maximum, double? RunningSum)
{
    /// <summary>The statistics of these numbers followed by others.</summary>
    public MemberNumbers Then(MemberNumbers next)
        => new(Math.Min(Minimum, next.Minimum), Math.Max(Maximum, next.Maximum), next.RunningSum);
}
