using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>
/// Collects values and writes them once a second, in order. Values that could not be written are written again, before newer ones.
/// </summary>
internal sealed class ResultQueue : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private readonly object _writing = new();
    private readonly object _gate = new();
    private readonly Func<IReadOnlyList<PolledValue>, IReadOnlyList<RefusedValue>> _write;
    private readonly Action<IReadOnlyList<PolledValue>, IReadOnlyList<RefusedValue>> _written;
    private readonly int _most;
    private readonly ITimer _timer;
    private List<PolledValue> _values = [];
    private bool _isArmed;
    private bool _isClosed;

    /// <param name="options">The destination of the values, and how many wait at most.</param>
    /// <param name="written">Called after each write with all values of it and the refused ones.</param>
    public ResultQueue(PollerOptions options, Action<IReadOnlyList<PolledValue>, IReadOnlyList<RefusedValue>> written)
    {
        (_write, _most, _written) = (options.Write, options.MaxUnwritten, written);
        _timer = options.Time.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public long Dropped { get; private set; }

    public string? LastError { get; private set; }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _values.Count;
            }
        }
    }

    public void Add(PolledValue value)
    {
        lock (_gate)
        {
            _values.Add(value);
            Arm();
        }
    }

    /// <summary>Writes all collected values.</summary>
    public void Flush()
    {
        lock (_writing)
        {
            List<PolledValue> batch;
            lock (_gate)
            {
                (batch, _values, _isArmed) = (_values, [], false);
            }

            if (batch.Count == 0)
            {
                return;
            }

            try
            {
                WriteThrough(batch);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                Requeue(batch);
            }
        }
    }

    /// <summary>Writes values at once. When that throws, they stay with the caller.</summary>
    public void Write(IReadOnlyList<PolledValue> values)
    {
        lock (_writing)
        {
            WriteThrough(values);
        }
    }

    private void WriteThrough(IReadOnlyList<PolledValue> values)
    {
        IReadOnlyList<RefusedValue> refused;
        try
        {
            refused = _write(values);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            LastError = error.Message;
            throw;
        }

        Dropped += refused.Count;
        LastError = refused.Count == 0 ? null : $"A value of '{refused[^1].Value.Item.Name}' was refused. {refused[^1].Reason}";
        _written(values, refused);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        _timer.Dispose();
    }

    private void Requeue(List<PolledValue> batch)
    {
        lock (_gate)
        {
            batch.AddRange(_values);
            int tooMany = Math.Max(0, batch.Count - _most);
            batch.RemoveRange(0, tooMany);
            Dropped += tooMany;
            _values = batch;
            Arm();
        }
    }

    private void Arm()
    {
        if (!_isArmed && !_isClosed)
        {
            _isArmed = true;
            _timer.Change(s_period, Timeout.InfiniteTimeSpan);
        }
    }
}
