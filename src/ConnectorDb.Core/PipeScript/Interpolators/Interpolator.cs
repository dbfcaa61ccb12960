using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

/// <summary>
/// Computes the values of a dataset column at the times of the rows. For each row it gets the datapoints up to the row's time
/// that earlier rows did not get, in any number of parts, and then returns the value. An instance serves one column once. To add
/// one: one class, one file, with <see cref="InterpolatorAttribute"/>.
/// </summary>
public abstract class Interpolator
{
    /// <summary>
    /// The value depends only on the datapoints of the row's interval, which begins after the previous row. For the first row of
    /// a dataset, datapoints before its interval are then left out.
    /// </summary>
    public virtual bool UsesInterval => true;

    /// <summary>
    /// The value depends only on the last datapoint up to the time of each row and the first one after it; others may be left
    /// out. The start of the first row's interval counts as such a time.
    /// </summary>
    public virtual bool UsesNeighbours => false;

    /// <summary>
    /// Adds <paramref name="count"/> datapoints of <paramref name="points"/> from <paramref name="start"/> on; there is at least
    /// one.
    /// </summary>
    public abstract void Add(Block points, int start, int count);

    /// <summary>Ends the row and adds its value, or null, to <paramref name="values"/>.</summary>
    /// <param name="time">Unix seconds of the row.</param>
    /// <param name="next">The datapoint after those taken; none at the end of the stream.</param>
    /// <param name="values">The values of the rows before.</param>
    public abstract void Emit(double time, DatapointReference next, ColumnBuilder values);
}
