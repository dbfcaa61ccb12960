using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

/// <summary>
/// Turns the datapoints of one dataset column into its values at the times of the rows. For each row in turn it is given
/// the datapoints up to the row's time that no row before was given, in one or more parts or none, and then asked for the
/// value. An instance serves one column once. To add one: one class, one file, with <see cref="InterpolatorAttribute"/>.
/// </summary>
public abstract class Interpolator
{
    /// <summary>
    /// The value comes from the datapoints of the row's interval alone, which begins after the row before; for the first
    /// row of a dataset, datapoints from before its interval are then left out.
    /// </summary>
    public virtual bool UsesInterval => true;

    /// <summary>
    /// The value comes from datapoints next to the times of rows, the last one up to each time and the first one later than
    /// it: others need not be given. Where the first row's interval begins counts as such a time.
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
