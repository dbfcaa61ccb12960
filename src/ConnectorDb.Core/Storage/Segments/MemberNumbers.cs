using System.Runtime.CompilerServices;
using ConnectorDb.Columns;

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

    /// <summary>The statistics of these numbers and one more value; null when it is not a number.</summary>
    public MemberNumbers? With(DataValue value) => value.IsNumber ? With(value.AsDouble()) : null;

    /// <summary>The statistics of these numbers and a column; null when not all of its values are numbers.</summary>
    public MemberNumbers? With(Column values)
    {
        MemberNumbers? all = this;
        switch (values)
        {
            case NumberColumn numbers:
                return With(numbers.Values.Span);
            case IntegerColumn or ValueColumn:
                for (int i = 0; i < values.Count && all is not null; i++)
                {
                    all = all.Value.With(values[i]);
                }

                return all;
            default:
                return null;
        }
    }

    private MemberNumbers? With(double number)
        => double.IsNaN(number) ? null : new(Math.Min(Minimum, number), Math.Max(Maximum, number), RunningSum + number);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private MemberNumbers? With(ReadOnlySpan<double> numbers)
    {
        (double minimum, double maximum, double sum) = (Minimum, Maximum, RunningSum ?? 0);
        foreach (double number in numbers)
        {
            if (double.IsNaN(number))
            {
                return null;
            }

            minimum = Math.Min(minimum, number);
            maximum = Math.Max(maximum, number);
            sum += number;
        }

        return new(minimum, maximum, RunningSum is null ? null : sum);
    }
}
