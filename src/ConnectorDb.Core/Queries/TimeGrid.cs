namespace ConnectorDb.Core.Queries;

/// <summary>
/// The rows of a T-dataset: t1, t1 + dt, (t1 + dt) + dt, … before t2. The step is added again and again, as in the
/// original, so that the times are the same to the last bit.
/// </summary>
internal sealed class TimeGrid(double t1, double t2, double dt, CancellationToken cancellation) : IRowSource
{
    private double _next = t1;

    public ValueTask<RowBatch?> NextAsync()
    {
        cancellation.ThrowIfCancellationRequested();
        double[] times = new double[(int)Math.Clamp(Math.Ceiling((t2 - _next) / dt) + 1, 0, RowBatch.MaxCount)];
        int count = 0;
        while (count < times.Length && _next < t2)
        {
            times[count++] = _next;
            _next += dt;
        }

        return ValueTask.FromResult(count == 0 ? null : new RowBatch(times.AsMemory(0, count)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
