using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Appending;
using ConnectorDb.Core.Engine.Appending;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Notifications;
using ConnectorDb.Core.Protocol.Datapoints;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>How long an idempotency key is remembered.</summary>
    private static readonly TimeSpan s_receiptLifetime = TimeSpan.FromDays(1);

    /// <summary>How often the values of one append are checked, because the schema has changed meanwhile.</summary>
    private const int MaxPreparations = 10;

    /// <inheritdoc cref="ICdbClient.AppendAsync"/>
    public ValueTask<IReadOnlyList<AppendResult>> AppendAsync(Login login, IReadOnlyList<StreamBlock> blocks, AppendOptions options, CancellationToken cancellation)
        => AppendAsync(login, blocks, options, merges: false, streams: null, cancellation);

    /// <summary>As <see cref="AppendAsync(Login, IReadOnlyList{StreamBlock}, AppendOptions, CancellationToken)"/>, but datapoints that are older than the newest are put at their places.</summary>
    /// <param name="login">The caller.</param>
    /// <param name="blocks">Each in the order of its times, each time once, see <see cref="SequenceMerge.Order"/>.</param>
    /// <param name="streams">The ids of their streams. Another stream that has the name by now is not found. Null for the streams that have the names.</param>
    /// <param name="cancellation">Ends the append.</param>
    /// <inheritdoc cref="IStoreWriter.Merge"/>
    public ValueTask<IReadOnlyList<AppendResult>> MergeAsync(Login login, IReadOnlyList<StreamBlock> blocks, IReadOnlyList<long>? streams, CancellationToken cancellation)
        => AppendAsync(login, blocks, new AppendOptions { OnInvalid = OnInvalid.RejectInvalid }, merges: true, streams, cancellation);

    private async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(Login login, IReadOnlyList<StreamBlock> blocks, AppendOptions options, bool merges, IReadOnlyList<long>? streams, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentNullException.ThrowIfNull(options);
        string? content = options.IdempotencyKey is null ? null : ContentHash.Of(blocks, options.Restamp);
        for (int attempt = 1; attempt <= MaxPreparations; attempt++)
        {
            PreparedBlock[] found = FindTargets(login, blocks, streams, options, usesKnown: attempt == 1, cancellation);
            PreparedBlock[] prepared;
            try
            {
                prepared = await CheckAsync(login, found, options, cancellation).ConfigureAwait(false);
            }
            catch (CdbException) when (AreOutdated(found, cancellation))
            {
                continue;
            }

            if (Array.Exists(prepared, block => block.IsRejected) && AreOutdated(found, cancellation))
            {
                continue;
            }

            (AppendedBlock?[] Appended, AppendResult[] Results)? done = Array.TrueForAll(prepared, block => block.IsTransient) && !IsKeyed(login, prepared, options, cancellation)
                ? Append(null, login, prepared, options, merges)
                : await _store.WriteAsync(store => AppendOnce(store, login, prepared, options, content, merges), cancellation).ConfigureAwait(false);
            if (done is var (appended, results))
            {
                Publish(login, prepared, appended);
                return results;
            }
        }

        throw new StoreException(StoreFault.Locked, $"The schema of a stream was changed {MaxPreparations} times while the values were checked. Nothing was stored. Try again.", blocks[0].Stream);
    }

    /// <summary>True when nothing has to be stored, but the key: that of an append without datapoints, or one that belongs to an earlier append.</summary>
    /// <remarks>A key is not stored for the datapoints of an ephemeral stream, which are not stored either.</remarks>
    private bool IsKeyed(Login login, PreparedBlock[] blocks, AppendOptions options, CancellationToken cancellation)
        => options.IdempotencyKey is { } key
            && (Array.TrueForAll(blocks, block => block.Block.Points.Count == 0) || _store.Read(store => store.FindReceipt(login.DeviceId, key), cancellation) is not null);

    private void Publish(Login login, PreparedBlock[] prepared, AppendedBlock?[] appended)
    {
        for (int i = 0; i < appended.Length; i++)
        {
            if (appended[i] is { } block)
            {
                if (!ReferenceEquals(block.Target, prepared[i].Target))
                {
                    _targets.Keep(login, prepared[i].Block.Stream, block.Target);
                }

                _notifier.Publish(block);
            }
        }
    }

    /// <summary>Appends, unless the call was made before under the same key: then its result is returned.</summary>
    /// <exception cref="KeyReusedException">The key belongs to another append.</exception>
    /// <returns>As of <see cref="Append(IStoreWriter?, Login, PreparedBlock[], AppendOptions, bool)"/>.</returns>
    private (AppendedBlock?[] Appended, AppendResult[] Results)? AppendOnce(IStoreWriter store, Login login, PreparedBlock[] blocks, AppendOptions options, string? content, bool merges)
    {
        if (options.IdempotencyKey is not { } key)
        {
            return Append(store, login, blocks, options, merges);
        }

        if (store.FindReceipt(login.DeviceId, key) is { } receipt)
        {
            AppendResult[] earlier = AppendResultJson.ReadReceipt(receipt.Count, receipt.Result);

            // Receipts of older versions have no hash, or one without the kind before it.
            return earlier.Length == blocks.Length && (receipt.Content is null || content!.EndsWith(receipt.Content, StringComparison.Ordinal))
                ? ([], earlier)
                : throw new KeyReusedException($"The insert id '{key}' belongs to another append: other streams, times or values, or PUT instead of POST. Nothing was stored. Use a new insert id for each append, and the same one only to repeat it.", key);
        }

        if (Append(store, login, blocks, options, merges) is not var (appended, results))
        {
            return null;
        }

        double now = UnixTime.FromDateTimeOffset(_time.GetUtcNow());
        Receipt made = new(login.DeviceId, key, now, results.Sum(result => result.Count), AppendResultJson.WriteReceipt(results)) { Content = content };
        store.Keep(made, now - s_receiptLifetime.TotalSeconds);
        return (appended, results);
    }

    /// <param name="store">Null when nothing has to be stored.</param>
    /// <returns>Null, and nothing is changed, when a stream has another schema than its values were checked with.</returns>
    private (AppendedBlock?[] Appended, AppendResult[] Results)? Append(IStoreWriter? store, Login login, PreparedBlock[] blocks, AppendOptions options, bool merges)
    {
        if (store is not null)
        {
            long version = store.TreeVersion;
            blocks = Array.TrueForAll(blocks, block => block.IsOf(version)) ? blocks : Array.ConvertAll(blocks, block => FindAgain(store, login, block, options));
            if (Array.Exists(blocks, block => block is { Target: not null, Check: null }))
            {
                return null;
            }
        }

        AppendedBlock?[] appended = new AppendedBlock?[blocks.Length];
        AppendResult[] results = new AppendResult[blocks.Length];
        bool isOver = false;
        foreach ((_, int i) in StorageOrder(blocks, options))
        {
            if (isOver)
            {
                results[i] = new AppendResult(0, blocks[i].Block.Stream);
                continue;
            }

            try
            {
                (appended[i], results[i]) = blocks[i].Error is { } error ? (null, blocks[i].Failed(error)) : merges && !blocks[i].IsTransient ? Merge(store!, blocks[i]) : Append(store, blocks[i], options);
            }
            catch (CdbException error) when (options.RejectsOnlyBlock(error))
            {
                results[i] = blocks[i].Failed(error);
            }

            isOver = options.StopsAt(results[i]);
        }

        return (appended, results);
    }

    /// <summary>The order in which the blocks are stored: by stream, like the rows of the tail, so that blocks of the same page follow each other.</summary>
    /// <remarks>Blocks of one stream keep their order. All do where the first invalid one counts.</remarks>
    private static (long Stream, int Index)[] StorageOrder(PreparedBlock[] blocks, AppendOptions options)
    {
        bool isByStream = options.OnInvalid == OnInvalid.RejectInvalid;
        (long Stream, int Index)[] order = new (long, int)[blocks.Length];
        bool isSorted = true;
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = (isByStream ? blocks[i].Target?.Stream.Id ?? 0 : 0, i);
            isSorted &= i == 0 || order[i - 1].Stream <= order[i].Stream;
        }

        if (!isSorted)
        {
            Array.Sort(order);
        }

        return order;
    }

    /// <summary>The block with its target as it is now, which may have changed since the block was prepared; unchecked when the schema is another.</summary>
    private static PreparedBlock FindAgain(IStoreReader store, Login login, PreparedBlock block, AppendOptions options)
    {
        if (block.IsOf(store.TreeVersion))
        {
            return block;
        }

        try
        {
            Target target = block.Checked(TargetOf(store, login, block.Block.Stream));
            return block with { Target = target, Check = target.Stream.Schema == block.Target!.Stream.Schema ? block.Check : null };
        }
        catch (CdbException error) when (options.RejectsOnlyBlock(error))
        {
            return block.Fail(error);
        }
    }

    private (AppendedBlock Appended, AppendResult Result) Append(IStoreWriter? store, PreparedBlock block, AppendOptions options)
    {
        Target target = block.Target!;
        AppendCheck check = block.Check!;
        TimeAssignment times = new(target.Path, options, block.Block.HasArrivalTimes, _time);
        AppendedBlock? appended = null;
        if (target.Stream.Ephemeral || store is null)
        {
            check = times.Assign(check, null);
            appended = new AppendedBlock(target, null, Origins.Of(target, check.Points));
        }
        else
        {
            store.Append(
                target.Stream.KeyOf(target.Path.IsDownlink),
                end =>
                {
                    check = times.Assign(check, end.NewestT);
                    appended = new AppendedBlock(target, end.Count, Origins.Of(target, check.Points));
                    return appended.Points;
                });
        }

        return (appended!, new AppendResult(check.Points.Count, target.Path) { Rejected = [.. check.Rejected] });
    }

    private static (AppendedBlock Appended, AppendResult Result) Merge(IStoreWriter store, PreparedBlock block)
    {
        Target target = block.Target!;
        Block points = Origins.Of(target, block.Check!.Points);
        MergeResult merged = store.Merge(target.Stream.KeyOf(target.Path.IsDownlink), points);
        AppendedBlock appended = new(target, merged.Start, points.Slice(points.Count - merged.Fresh, merged.Fresh)) { IsInPlace = merged.IsInPlace };
        return (appended, new AppendResult(points.Count, target.Path) { Rejected = [.. block.Check.Rejected] });
    }
}
