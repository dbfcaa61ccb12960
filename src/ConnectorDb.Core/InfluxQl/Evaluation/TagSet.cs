using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>A series that fulfils a condition on tags.</summary>
/// <param name="Condition">The condition on its fields; null for all points.</param>
internal sealed record SelectedSeries(InputSeries Series, InfluxExpression? Condition);

/// <summary>The series that are grouped into one.</summary>
/// <param name="Tags">The values that they have in common; null without <c>GROUP BY</c>.</param>
internal sealed record TagSet(string Measurement, IReadOnlyList<KeyValuePair<string, string>>? Tags, IReadOnlyList<SelectedSeries> Series)
{
    /// <summary>The groups of a measurement, by the values of the tags.</summary>
    public static IEnumerable<TagSet> Of(InfluxMeasurement measurement, IReadOnlyList<string> tags, SeriesCondition condition)
    {
        List<SelectedSeries> selected = [];
        foreach (InputSeries series in measurement.Series)
        {
            if (condition.TryReduce(series, out InfluxExpression? rest))
            {
                selected.Add(new SelectedSeries(series, rest));
            }
        }

        return selected.GroupBy(series => string.Join('\0', tags.Select(series.Series.TagOf)))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new TagSet(
                measurement.Name,
                tags.Count == 0 ? null : [.. tags.Select(tag => KeyValuePair.Create(tag, group.First().Series.TagOf(tag)))],
                [.. group]));
    }
}
