using ConnectorDb.Core.PipeScript.Evaluation.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("min", "The smallest value since the previous row.",
    Documentation = """
        Covers the datapoints after the previous row, up to and including the time of the row; null without datapoints. Of equal
        values the first counts; NaN never counts. The values must be numbers, or texts and booleans that can be read as numbers; null counts as 0.
        """,
    Examples = ["temperature:min — the lowest temperature per row"])]
internal sealed class Min() : Extreme<Less>("min");
