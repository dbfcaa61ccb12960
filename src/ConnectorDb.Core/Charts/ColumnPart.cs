using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Charts;

/// <summary>The part of a block that lies in one column.</summary>
/// <param name="FirstT">Unix seconds of the first datapoint.</param>
/// <param name="Summary">The summary of the part, which the receiver may change.</param>
/// <param name="Values">The values.</param>
/// <param name="Extremes">The least and the largest of the numbers without booleans, which the summary has as 0 and 1.</param>
/// <param name="Booleans">How many values are booleans, and how many of these are true.</param>
internal readonly record struct ColumnPart(double FirstT, SummaryBuilder Summary, Column Values, (double Least, double Largest) Extremes, (long All, long Trues) Booleans);
