using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>
/// Collects datapoints of one stream and appends them in order, many at once: when there are enough of them, or when the
/// oldest has waited for <see cref="MaxAge"/>, also while nothing else happens. A datapoint that the database refuses is
/// set aside, and the others are stored. Closing stores what is left.
/// </summary>
internal sealed class AppendBuffer : IDisposable
{
    /// <summary>How long a datapoint may wait for company.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(100);

    private const int MaxCount = 32_768;
    private const int PartCount = 256;
    private const long MaxText = 4_000_000;

    private readonly ICdbClient _client;
    private readonly CdbPath _stream;
    private readonly bool _restamp;
    private readonly object _appending = new();
    private readonly object _collecting = new();
    private readonly BlockBuilder _points = new(MaxCount);
    private readonly ConcurrentQueue<Rejection> _rejections = new();
    private readonly Timer _timer;
    private ExceptionDispatchInfo? _failure;
    private bool _stamped;
    private double _now;
    private long _text;
    private long _given;
    private long _taken;
    private long _rejected;

    /// <param name="restamp">Datapoints older than the newest get its time.</param>
    public AppendBuffer(ICdbClient client, CdbPath stream, bool restamp)
    {
        _client = client;
        _stream = stream;
        _restamp = restamp;
        Target = stream;
        _timer = new Timer(_ => FlushInBackground());
    }

    /// <summary>Datapoints on disk.</summary>
    public long Written { get; private set; }

    /// <summary>Datapoints that came and are neither on disk nor refused.</summary>
    public long Unstored => _given - Written - _rejected;

    /// <summary>Where they went: the stream, or its downlink.</summary>
    public CdbPath Target { get; private set; }

    /// <summary>Takes a datapoint of a known time, or of now when <paramref name="t"/> is NaN; such a time never goes back.</summary>
    /// <exception cref="CdbException">The database could not store what it was given before.</exception>
    public void Add(double t, DataValue value)
    {
        bool stamped = double.IsNaN(t);
        if (stamped != _stamped)
        {
            Flush();
            _stamped = stamped;
        }

        bool isFull;
        lock (_collecting)
        {
            _points.Add(stamped ? Now() : t, value);
            _given++;
            _text += TextLength(value);
            isFull = _points.Count >= MaxCount || _text >= MaxText;
            if (_points.Count == 1)
            {
                _timer.Change(MaxAge, Timeout.InfiniteTimeSpan);
            }
        }

        if (isFull || _failure is not null)
        {
            Flush();
        }
    }

    /// <summary>Stores many datapoints at once, behind what has come so far; where they have no time, NaN, they get that of now.</summary>
    /// <exception cref="CdbException">The database cannot store them, or could not store what it was given before.</exception>
    public void Add(Block points)
    {
        Flush();
        lock (_appending)
        {
            _given += points.Count;
            _stamped = points.Count > 0 && double.IsNaN(points.Times.Span[0]);
            Store(_stamped ? new Block(Enumerable.Repeat(Now(), points.Count).ToArray(), points.Values) : points);
        }
    }

    /// <summary>Stores what has come so far; on return it is on disk.</summary>
    /// <exception cref="CdbException">The database cannot store it, or could not before.</exception>
    public void Flush()
    {
        lock (_appending)
        {
            _failure?.Throw();
            Store(Take());
        }
    }

    public bool TryGetRejection([NotNullWhen(true)] out Rejection? rejection) => _rejections.TryDequeue(out rejection);

    public void Dispose()
    {
        _timer.Dispose();
        if (_failure is null)
        {
            Flush();
        }
    }

    private static long TextLength(DataValue value) => value.Kind switch
    {
        DataKind.Text => value.AsText().Length,
        DataKind.Array => value.AsArray().Sum(TextLength),
        DataKind.Object => value.AsObject().Sum(member => member.Key.Length + TextLength(member.Value)),
        _ => 0,
    };

    /// <summary>The time of a datapoint's arrival, which a clock that is set back does not turn round.</summary>
    private double Now()
    {
        _now = Math.Max(_now, UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow()));
        return _now;
    }

    /// <summary>An error waits here for the pipeline to ask again.</summary>
    private void FlushInBackground()
    {
        try
        {
            Flush();
        }
        catch (Exception error)
        {
            _failure ??= ExceptionDispatchInfo.Capture(error);
        }
    }

    private Block Take()
    {
        lock (_collecting)
        {
            _text = 0;
            return _points.Count == 0 ? Block.Empty : _points.Build();
        }
    }

    private void Store(Block points)
    {
        try
        {
            Append(points);
        }
        catch (CdbException error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    private void Append(Block points)
    {
        long first = _taken + 1;
        _taken += points.Count;
        Append(points, first);
    }

    /// <summary>
    /// Appends all that are good. An append is all or nothing, so the bad ones are taken out first, one by one, in parts so small
    /// that trying them again costs little. Where the stream's newest datapoint lies ahead of the times of arrival, the
    /// database decides about those.
    /// </summary>
    private void Append(Block points, long first)
    {
        int removed = 0;
        while (points.Count > 0)
        {
            try
            {
                AppendResult result = Answer.Of(_client.AppendAsync(_stream, points, _restamp, CancellationToken.None));
                Written += result.Count;
                Target = result.Target;
                return;
            }
            catch (TimeOrderException) when (_stamped && !double.IsNaN(points.Times.Span[0]))
            {
                points = new Block(Enumerable.Repeat(double.NaN, points.Count).ToArray(), points.Values);
            }
            catch (CdbException error) when (error is IDatapointFault { Place: not null } && points.Count > PartCount)
            {
                for (int start = 0; start < points.Count; start += PartCount)
                {
                    Append(points.Slice(start, Math.Min(PartCount, points.Count - start)), first + start);
                }

                return;
            }
            catch (CdbException error) when (error is IDatapointFault { Place: { } bad })
            {
                _rejections.Enqueue(new Rejection(points.At(bad, _stream), first + removed + bad, error));
                points = Without(points, bad);
                removed++;
                _rejected++;
            }
        }
    }

    private static Block Without(Block points, int index)
    {
        BlockBuilder rest = new(points.Count);
        for (int i = 0; i < points.Count; i++)
        {
            if (i != index)
            {
                rest.Add(points.Times.Span[i], points.Values[i]);
            }
        }

        return rest.Count == 0 ? Block.Empty : rest.Build();
    }
}
