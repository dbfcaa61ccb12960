using System.Collections.Concurrent;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Server.Api;

/// <summary>
/// The inserts of late that came with an identity of their own. One that comes again, because the answer to it was lost, waits
/// for the first and is answered as that was.
/// </summary>
internal sealed class InsertLog(TimeProvider time)
{
    private const int MostKept = 100_000;
    private static readonly TimeSpan s_memory = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<(long DeviceId, string Id), Entry> _entries = new();

    /// <summary>Runs the insert, unless one of this identity is there.</summary>
    public async Task<AppendResult> OnceAsync(Login login, string? id, Func<ValueTask<AppendResult>> insert)
    {
        if (string.IsNullOrEmpty(id))
        {
            return await insert();
        }

        if (_entries.Count >= MostKept)
        {
            Forget();
        }

        (long, string) key = (login.DeviceId, id);
        Entry mine = new(time.GetTimestamp());
        Entry entry = _entries.GetOrAdd(key, mine);
        if (entry != mine)
        {
            return await entry.Result.Task;
        }

        try
        {
            AppendResult result = await insert();
            mine.Result.SetResult(result);
            return result;
        }
        catch (Exception error)
        {
            _entries.TryRemove(key, out _);
            mine.Result.SetException(error);
            _ = mine.Result.Task.Exception;
            throw;
        }
    }

    private void Forget()
    {
        foreach (((long, string) key, Entry entry) in _entries)
        {
            if (entry.Result.Task.IsCompleted && time.GetElapsedTime(entry.Since) > s_memory)
            {
                _entries.TryRemove(key, out _);
            }
        }
    }

    private sealed record Entry(long Since)
    {
        public TaskCompletionSource<AppendResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
