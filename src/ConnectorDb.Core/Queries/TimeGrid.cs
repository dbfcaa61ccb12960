namespace ConnectorDb.Core.Queries;

/// <summary>The rows of a T-dataset.</summary>
/// <param name="steps">The times.</param>
/// <param name="stamp">The end of its interval that is the time of a row.</param>
/// <param name="cancellation">Ends the dataset.</param>
internal sealed class TimeGrid(TimeSteps steps, RowStamp stamp, CancellationToken cancellation) : IRowSource
{
    private TimeSteps _left = steps;

    public ValueTask<RowBatch?> NextAsync(int maxRows)
    {
        cancellation.ThrowIfCancellationRequested();
        double[] times = new double[(int)Math.Clamp(Math.Ceiling((_left.End - _left.Next) / _left.Step) + 1, 0, maxRows)];
        double[] ends = stamp == RowStamp.End ? times : new double[times.Length];
        int count = 0;
        for (; count < times.Length && !_left.IsOver; _left = _left.Rest)
        {
            times[count] = _left.Next;
            ends[count++] = stamp == RowStamp.End ? _left.Next : Math.BitDecrement(_left.Then);
        }

        return ValueTask.FromResult(count == 0 ? null : new RowBatch(times.AsMemory(0, count), ends.AsMemory(0, count)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
