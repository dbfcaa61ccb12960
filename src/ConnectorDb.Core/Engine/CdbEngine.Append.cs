using System.Collections.Concurrent;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Appending;
using ConnectorDb.Core.Engine.Appending;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Notifications;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Protocol.Datapoints;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>How long an idempotency key is remembered.</summary>
    private static readonly TimeSpan s_receiptLifetime = TimeSpan.FromDays(1);

    /// <inheritdoc cref="ICdbClient.AppendAsync"/>
    public async ValueTask<IReadOnlyList<AppendResult>> AppendAsync(Login login, IReadOnlyList<StreamBlock> blocks, AppendOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentNullException.ThrowIfNull(options);
        PreparedBlock[] prepared = Prepare(login, blocks, options, cancellation);
        string? content = options.IdempotencyKey is null ? null : ContentHash.Of(blocks, options.Restamp);
        (AppendedBlock?[] appended, AppendResult[] results) = Array.TrueForAll(prepared, block => block.IsTransient)
            ? Append(null, login, prepared, options)
            : await _store.WriteAsync(store => AppendOnce(store, login, prepared, options, content), cancellation).ConfigureAwait(false);
        for (int i = 0; i < appended.Length; i++)
        {
            if (appended[i] is { } block)
            {
                if (!ReferenceEquals(block.Target, prepared[i].Target))
                {
                    _targets.Keep(login, blocks[i].Stream, block.Target);
                }

                _notifier.Publish(block);
            }
        }

        return results;
    }

    /// <summary>Finds the targets and checks the values, so that the transaction has less to do.</summary>
    private PreparedBlock[] Prepare(Login login, IReadOnlyList<StreamBlock> blocks, AppendOptions options, CancellationToken cancellation)
    {
        Target?[] known = new Target?[blocks.Count];
        ConcurrentDictionary<CdbPath, Target>? kept = _targets.Of(login);
        bool areKnown = true;
        for (int i = 0; i < known.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(blocks[i].Stream);
            Target? target = kept?.GetValueOrDefault(blocks[i].Stream);

            // A block that needs no transaction is not checked against the tree there, so it is checked here.
            known[i] = target is null || target.Stream.Ephemeral || blocks[i].Points.Count == 0 ? null : target;
            areKnown &= known[i] is not null;
        }

        return areKnown ? PrepareAll(null) : _store.Read(PrepareAll, cancellation);

        PreparedBlock[] PrepareAll(IStoreReader? store)
        {
            PreparedBlock[] prepared = new PreparedBlock[known.Length];
            for (int i = 0; i < prepared.Length; i++)
            {
                prepared[i] = Prepare(store, login, blocks[i], known[i], options);
            }

            return prepared;
        }
    }

    private PreparedBlock Prepare(IStoreReader? store, Login login, StreamBlock block, Target? known, AppendOptions options)
    {
        try
        {
            FieldRules.CheckKind(block.Stream.ToStream(), CdbPathKind.Stream);
            Target target = known ?? TargetOf(store!, login, block.Stream);
            if (known is null)
            {
                _targets.Keep(login, block.Stream, target);
            }

            return new PreparedBlock(block, target, Check(target, block, options), null);
        }
        catch (CdbException error) when (options.RejectsOnlyBlock(error))
        {
            return new PreparedBlock(block, null, null, error);
        }
    }

    /// <summary>Appends, unless the call was made before under the same key: then its result is returned.</summary>
    /// <exception cref="KeyReusedException">The key belongs to another append.</exception>
    private (AppendedBlock?[] Appended, AppendResult[] Results) AppendOnce(IStoreWriter store, Login login, PreparedBlock[] blocks, AppendOptions options, string? content)
    {
        if (options.IdempotencyKey is not { } key)
        {
            return Append(store, login, blocks, options);
        }

        if (store.FindReceipt(login.DeviceId, key) is { } receipt)
        {
            AppendResult[] earlier = AppendResultJson.ReadReceipt(receipt.Count, receipt.Result);

            // Receipts of older versions have no hash, or one without the kind before it.
            return earlier.Length == blocks.Length && (receipt.Content is null || content!.EndsWith(receipt.Content, StringComparison.Ordinal))
                ? ([], earlier)
                : throw new KeyReusedException($"The insert id '{key}' belongs to another append: other streams, times or values, or PUT instead of POST. Nothing was stored. Use a new insert id for each append, and the same one only to repeat it.", key);
        }

        (AppendedBlock?[] appended, AppendResult[] results) = Append(store, login, blocks, options);
        double now = UnixTime.FromDateTimeOffset(_time.GetUtcNow());
        Receipt made = new(login.DeviceId, key, now, results.Sum(result => result.Count), AppendResultJson.WriteReceipt(results)) { Content = content };
        store.Keep(made, now - s_receiptLifetime.TotalSeconds);
        return (appended, results);
    }

    /// <param name="store">Null when nothing has to be stored.</param>
    private (AppendedBlock?[] Appended, AppendResult[] Results) Append(IStoreWriter? store, Login login, PreparedBlock[] blocks, AppendOptions options)
    {
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
                (appended[i], results[i]) = blocks[i].Error is { } error ? (null, blocks[i].Failed(error)) : Append(store, login, blocks[i], options);
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

    /// <summary>Appends to the target as it is now, which may have changed since the block was prepared.</summary>
    private (AppendedBlock Appended, AppendResult Result) Append(IStoreWriter? store, Login login, PreparedBlock block, AppendOptions options)
    {
        Target target = block.Target!;
        AppendCheck check = block.Check!;
        if (store is not null && store.TreeVersion != target.TreeVersion)
        {
            string schema = target.Stream.Schema;
            target = TargetOf(store, login, block.Block.Stream);
            check = target.Stream.Schema == schema ? check : Check(target, block.Block, options);
        }

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

    private AppendCheck Check(Target target, StreamBlock block, AppendOptions options)
    {
        ArgumentNullException.ThrowIfNull(block.Points);
        double latest = _settings.MaxAhead is { } ahead ? UnixTime.FromDateTimeOffset(_time.GetUtcNow()) + ahead : double.PositiveInfinity;
        return AppendCheck.Of(target.Stream.Path, block.Points, _schemas.OfStored(target.Stream.Schema, target.Stream.Path), options, latest);
    }

    /// <summary>Finds where a device writes: to its own stream, or to the downlink of another device's.</summary>
    private static Target TargetOf(IStoreReader store, Login login, CdbPath path)
    {
        Actor actor = ActorOf(store, login);
        (StreamRecord stream, Rights rights) = new TreeView(store, actor).Stream(path.ToStream());
        bool isOwner = stream.DeviceId == actor.Device.Id;
        bool isStream = isOwner && !path.IsDownlink && rights.Write.Data;
        bool isDownlink = !isOwner && stream.Downlink && rights.Write.Downlink;
        return isStream || isDownlink
            ? new Target(
                store.TreeVersion,
                stream,
                isDownlink ? stream.Path.ToDownlink() : stream.Path,
                isDownlink ? actor.Path.ToString() : null)
            : throw new PermissionDeniedException(Refusal(actor, stream, isOwner, rights), path);
    }

    private static string Refusal(Actor actor, StreamRecord stream, bool isOwner, Rights rights)
    {
        CdbPath owner = stream.Path.Parent!;
        if (isOwner)
        {
            return $"'{owner}' cannot write to the downlink of its own stream '{stream.Path}', which is for other devices. Write to the stream itself.";
        }

        return !rights.Write.Downlink
            ? $"Only '{owner}' can write to the stream '{stream.Path}', and '{actor.Path}' may not write to its downlink. Connect with -As {owner}, or give '{actor.Path}' the role 'writer'."
            : $"Only '{owner}' can write to the stream '{stream.Path}'. Connect with -As {owner}, or give the stream a downlink, to which '{actor.Path}' may write: Set-CdbStream {stream.Path} -Downlink.";
    }
}
