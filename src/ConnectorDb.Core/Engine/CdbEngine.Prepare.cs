using System.Collections.Concurrent;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Appending;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Engine.Appending;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Schemas;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>True when the tree has changed since the targets were found: schemas may accept the values now.</summary>
    private bool AreOutdated(PreparedBlock[] blocks, CancellationToken cancellation)
    {
        long version = _store.Read(store => store.TreeVersion, cancellation);
        return !Array.TrueForAll(blocks, block => block.IsOf(version));
    }

    /// <summary>Finds where the blocks go.</summary>
    /// <param name="streams">The ids that their streams have to have; null for any.</param>
    /// <param name="usesKnown">Those that were found before are not looked up.</param>
    private PreparedBlock[] FindTargets(Login login, IReadOnlyList<StreamBlock> blocks, IReadOnlyList<long>? streams, AppendOptions options, bool usesKnown, CancellationToken cancellation)
    {
        Target?[] known = new Target?[blocks.Count];
        ConcurrentDictionary<CdbPath, Target>? kept = usesKnown ? _targets.Of(login) : null;
        bool areKnown = true;
        for (int i = 0; i < known.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(blocks[i].Stream);
            Target? target = kept?.GetValueOrDefault(blocks[i].Stream);

            // A block that needs no transaction is not checked against the tree there, so it is checked here.
            // Neither is a target whose stream was deleted used again.
            known[i] = target is null || target.Stream.Ephemeral || blocks[i].Points.Count == 0 || target.Stream.Id != (streams?[i] ?? target.Stream.Id) ? null : target;
            areKnown &= known[i] is not null;
        }

        return areKnown ? FindAll(null) : _store.Read(FindAll, cancellation);

        PreparedBlock[] FindAll(IStoreReader? store)
        {
            PreparedBlock[] found = new PreparedBlock[known.Length];
            for (int i = 0; i < found.Length; i++)
            {
                found[i] = FindTarget(store, login, new PreparedBlock(blocks[i], null, null, null) { StreamId = streams?[i] }, known[i], options);
            }

            return found;
        }
    }

    private PreparedBlock FindTarget(IStoreReader? store, Login login, PreparedBlock prepared, Target? known, AppendOptions options)
    {
        StreamBlock block = prepared.Block;
        try
        {
            FieldRules.CheckKind(block.Stream.ToStream(), CdbPathKind.Stream);
            Target target = known ?? TargetOf(store!, login, block.Stream);
            if (known is null)
            {
                _targets.Keep(login, block.Stream, target);
            }

            return prepared with { Target = prepared.Checked(target) };
        }
        catch (CdbException error) when (options.RejectsOnlyBlock(error))
        {
            return prepared.Fail(error);
        }
    }

    /// <summary>Checks the values before the transaction. A check of more than a moment goes on in turn with the queries of the user.</summary>
    private async ValueTask<PreparedBlock[]> CheckAsync(Login login, PreparedBlock[] found, AppendOptions options, CancellationToken cancellation)
    {
        PreparedBlock[] blocks = Array.ConvertAll(found, block => Check(block, options, null));
        if (Array.TrueForAll(blocks, block => block.IsChecked))
        {
            return blocks;
        }

        if (_settings.Queries.AreShared)
        {
            using QueryBudget moment = new(_momentLimits, null, cancellation) { IsBrief = true };
            try
            {
                return await moment.ComputeAsync(() => new ValueTask<PreparedBlock[]>(CheckAll(moment))).ConfigureAwait(false);
            }
            catch (QueryLimitException)
            {
                // A thread that receives from a connection would not notice that the client leaves.
                await Task.Yield();
            }
        }

        using QueryBudget budget = BudgetOf(login, cancellation);
        budget.WhenTooLong = ("The values were checked by their schema", "Send fewer at a time, or give the stream a simpler schema");
        return await budget.ComputeAsync(() => new ValueTask<PreparedBlock[]>(CheckAll(budget))).ConfigureAwait(false);

        PreparedBlock[] CheckAll(QueryBudget budget) => Array.ConvertAll(blocks, block => Check(block, options, budget));
    }

    /// <param name="budget">Null to look at the column as a whole only. Where it does not show that its values are valid, the block stays unchecked.</param>
    private PreparedBlock Check(PreparedBlock block, AppendOptions options, QueryBudget? budget)
    {
        if (block.IsChecked)
        {
            return block;
        }

        try
        {
            ArgumentNullException.ThrowIfNull(block.Block.Points);
            double latest = _settings.MaxAhead is { } ahead ? UnixTime.FromDateTimeOffset(_time.GetUtcNow()) + ahead : double.PositiveInfinity;
            StreamRecord stream = block.Target!.Stream;
            CompiledSchema schema = _schemas.OfStored(stream.Schema, stream.Path);
            AppendCheck? check = budget is null
                ? AppendCheck.OfColumn(block.Block.Points, schema, options, latest)
                : AppendCheck.Of(stream.Path, block.Block.Points, schema, options, latest, budget);
            return check is null ? block : block with { Check = check };
        }
        catch (CdbException error) when (error is not QueryLimitException && options.RejectsOnlyBlock(error))
        {
            return block.Fail(error);
        }
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
