using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Csv;

/// <summary>Compares rows of a file with the datapoints that a stream already has, so that a repeated import doubles nothing.</summary>
internal sealed class StoredValues(ICdbClient client, CdbPath place) : IAsyncDisposable
{
    private const int MostToClear = 64;

    /// <summary>How often each value occurs at the time, without those that were taken.</summary>
    private Dictionary<DataValue, int> _values = [];

    private double _time = double.NegativeInfinity;
    private IAsyncEnumerator<(double T, DataValue Value)>? _points;
    private bool _isAtEnd;

    /// <summary>Finds a datapoint with this time and value, once for each that the stream has. Times must not decrease.</summary>
    public async ValueTask<bool> TakeAsync(double t, DataValue value, CancellationToken cancellation)
    {
        if (t != _time)
        {
            await ReadAsync(t, cancellation).ConfigureAwait(false);
        }

        int count = _values.GetValueOrDefault(value);
        if (count > 0)
        {
            _values[value] = count - 1;
        }

        return count > 0;
    }

    public ValueTask DisposeAsync() => _points?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Reads all datapoints of a time.</summary>
    private async ValueTask ReadAsync(double t, CancellationToken cancellation)
    {
        if (_points is null)
        {
            _points = PointsAsync(t, cancellation).GetAsyncEnumerator(cancellation);
            await NextAsync().ConfigureAwait(false);
        }

        if (_values.Capacity > MostToClear)
        {
            // To clear a large dictionary takes as long as to fill it.
            _values = [];
        }

        _values.Clear();
        _time = t;
        while (!_isAtEnd && _points.Current.T <= t)
        {
            if (_points.Current.T == t)
            {
                _values[_points.Current.Value] = _values.GetValueOrDefault(_points.Current.Value) + 1;
            }

            await NextAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask NextAsync() => _isAtEnd = !await _points!.MoveNextAsync().ConfigureAwait(false);

    private async IAsyncEnumerable<(double T, DataValue Value)> PointsAsync(
        double from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (Columns.Block block in client.ReadAsync(new DataQuery(place) { T1 = Math.BitDecrement(from) }, cancellation).ConfigureAwait(false))
        {
            for (int i = 0; i < block.Count; i++)
            {
                yield return (block.Times.Span[i], block.Values[i]);
            }
        }
    }
}
