using System.Globalization;
using ConnectorDb.Contracts;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <content>Runs measurements, with limited concurrency.</content>
public sealed partial class Poller
{
    /// <summary>The time for a cancelled measurement to end before it counts as hung.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    private readonly HashSet<Task> _underWay = [];
    private readonly HashSet<PollTask> _running = [];
    private readonly LagWindow _lags = new();
    private readonly ResultQueue _results;
    private long _values;
    private long _errors;

    public async Task StopAsync(TimeSpan limit)
    {
        CancellationTokenSource stop;
        Task[] underWay;
        lock (_gate)
        {
            if (_stop is null)
            {
                return;
            }

            (stop, _stop) = (_stop, null);
            SetMetricsTimer(Timeout.InfiniteTimeSpan);
            while (_ready.TryDequeue(out PollTask? task))
            {
                task.Missed++;
                task.State = PollState.Idle;
            }

            underWay = [.. _underWay];
        }

        await stop.CancelAsync().ConfigureAwait(false);
        using CancellationTokenSource waited = new();
        await Task.WhenAny(Task.WhenAll(underWay), Task.Delay(limit, _time, waited.Token)).ConfigureAwait(false);
        await waited.CancelAsync().ConfigureAwait(false);
        await CloseSourcesAsync().ConfigureAwait(false);
        _results.Flush();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(s_grace + s_grace).ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _metricsTimer.DisposeAsync().ConfigureAwait(false);
        _results.Dispose();
        lock (_gate)
        {
            foreach (PollTask task in _tasks.Values.Where(task => task.State == PollState.Idle))
            {
                task.Sampler?.Dispose();
            }
        }
    }

    /// <summary>Starts waiting items up to the concurrency limit.</summary>
    private void StartWaiting()
    {
        while (true)
        {
            PollTask? task;
            CancellationToken stop;
            lock (_gate)
            {
                if (_stop is null || _running.Count >= _options.Concurrency || !_ready.TryDequeue(out task))
                {
                    return;
                }

                if (task.IsOver)
                {
                    continue;
                }

                stop = _stop.Token;
                task.State = PollState.InProgress;
                _running.Add(task);
            }

            Task measuring = MeasureAsync(task, stop);
            lock (_gate)
            {
                if (!measuring.IsCompleted)
                {
                    _underWay.Add(measuring);
                    _ = measuring.ContinueWith(RemoveTask, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                }
            }
        }
    }

    private void RemoveTask(Task measured)
    {
        lock (_gate)
        {
            _underWay.Remove(measured);
        }
    }

    private async Task MeasureAsync(PollTask task, CancellationToken stop)
    {
        long start = _time.GetTimestamp();
        TimeSpan limit = task.Item.TimeLimit;
        using CancellationTokenSource late = new(limit, _time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        CancellationToken token = end.Token;
        // The sampler gets the grace period to react to cancellation. After that the item is marked as hung and its slot is freed; the continuation
        // in End resets the item when the sampler ends at last, so that it never measures twice at the same time.
        Task<DataValue?> work = _options.Run(() => SampleAsync(task, token));
        try
        {
            DataValue? value = await work.WaitAsync(limit + s_grace, _time, CancellationToken.None).ConfigureAwait(false);
            End(task, start, time => Succeed(task, value, time));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            End(task, start, _ => task.Missed++);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            End(task, start, time => Fail(task, string.Create(CultureInfo.InvariantCulture, $"The measurement took longer than the limit of {limit.TotalSeconds} s."), time));
        }
        catch (TimeoutException) when (!work.IsFaulted)
        {
            End(task, start, time => Fail(task, string.Create(CultureInfo.InvariantCulture, $"The measurement did not end within {limit.TotalSeconds} s and ignores cancellation. The item is not measured again until it ends."), time), work);
        }
        catch (NotAvailableException error)
        {
            End(task, start, time => GiveUp(task, error.Message, time));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            End(task, start, time => Fail(task, error.Message, time));
        }
    }

    /// <returns>The value; null for a source that sends its values by itself and is connected.</returns>
    private async Task<DataValue?> SampleAsync(PollTask task, CancellationToken cancellation)
    {
        RecordLag(task);
        PollItem item = task.Item;
        task.Sampler ??= _options.Open(new SamplerContext { Key = item.Key, Argument = item.Argument, Name = item.Name, Time = _time });
        if (task.Sampler is not IPushSampler push)
        {
            return await task.Sampler.SampleAsync(cancellation).ConfigureAwait(false);
        }

        await push.ListenAsync(values => Receive(task, values), cancellation).ConfigureAwait(false);
        return null;
    }

    // Called on the thread of the measurement, so that the lag includes the wait for a thread.
    private void RecordLag(PollTask task)
    {
        lock (_gate)
        {
            task.Lag = TimeSpan.FromTicks(Now - task.Due);
            _lags.Add(task.Lag);
        }
    }

    // Some samplers block their thread, and the pool adds threads slowly. Its minimum covers all concurrent and all hung measurements.
    private void ReserveThreads()
    {
        int needed = Environment.ProcessorCount + _options.Concurrency + _tasks.Values.Count(task => task.State == PollState.Hung);
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, needed), ports);
    }

    /// <summary>Records the result of a measurement and starts waiting items.</summary>
    /// <param name="hung">The measurement that still runs.</param>
    private void End(PollTask task, long start, Action<DateTimeOffset> account, Task? hung = null)
    {
        bool wasFailing, isFailing;
        lock (_gate)
        {
            task.Duration = _time.GetElapsedTime(start);
            _running.Remove(task);
            wasFailing = task.IsFailing;
            account(_time.GetUtcNow());
            isFailing = task.IsFailing;
            if (hung is null)
            {
                Release(task);
            }
            else
            {
                task.State = PollState.Hung;
                ReserveThreads();
                _ = hung.ContinueWith(
                    late =>
                    {
                        _ = late.Exception;
                        lock (_gate)
                        {
                            Release(task);
                        }
                    },
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }
        }

        if (isFailing != wasFailing)
        {
            _options.StateChanged?.Invoke(task.Item, isFailing ? task.LastError : null);
        }

        StartWaiting();
    }

    private static void Release(PollTask task)
    {
        task.State = PollState.Idle;
        if (task.IsOver)
        {
            task.Sampler?.Dispose();
        }
    }

    private void Succeed(PollTask task, DataValue? measured, DateTimeOffset time)
    {
        if (measured is not { } value)
        {
            task.Recover();
            return;
        }

        _values++;
        task.Succeed(value, time);
        if (!task.IsOver)
        {
            _results.Add(new PolledValue(task.Item, UnixTime.FromDateTimeOffset(time), value));
        }
    }

    /// <summary>Makes items fail whose values the destination refuses, and recover when it takes them again.</summary>
    private void CheckRefusals(IReadOnlyList<PolledValue> written, IReadOnlyList<RefusedValue> refused)
    {
        ILookup<string, string> reasons = refused.ToLookup(value => value.Value.Item.Name, value => value.Reason);
        List<(PollItem Item, string? Error)> changes = [];
        lock (_gate)
        {
            foreach (string name in written.Select(value => value.Item.Name).Distinct())
            {
                if (TaskOf(name) is not { } task || (!task.IsRefused && !reasons.Contains(name)))
                {
                    continue;
                }

                bool wasFailing = task.IsFailing;
                task.IsRefused = reasons.Contains(name);
                foreach (string reason in reasons[name])
                {
                    _errors++;
                    task.Refuse($"The destination refused the value. {reason}", _time.GetUtcNow());
                }

                if (task.IsFailing != wasFailing)
                {
                    changes.Add((task.Item, task.IsFailing ? task.LastError : null));
                }
            }
        }

        changes.ForEach(change => _options.StateChanged?.Invoke(change.Item, change.Error));
    }

    private void Fail(PollTask task, string error, DateTimeOffset time)
    {
        _errors++;
        task.Fail(error, time);
    }

    private void GiveUp(PollTask task, string reason, DateTimeOffset time)
    {
        Fail(task, reason, time);
        task.NotAvailable = reason;
        task.IsOver = true;
    }
}
