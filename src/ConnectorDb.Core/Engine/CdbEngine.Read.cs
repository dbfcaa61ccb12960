using ConnectorDb.Columns;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.PipeScript;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <inheritdoc cref="Contracts.ICdbClient.ReadAsync"/>
    /// <remarks>
    /// Script and range are checked before the first block is asked for. A stream only grows at its end, so that a range
    /// of indices is one state of it; the store is held only while a block is taken out, however slow the reader is.
    /// </remarks>
    public IEnumerable<Block> Read(Login login, DataQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryRange.Check(query);
        Script? script = string.IsNullOrEmpty(query.Transform) ? null : Script.Parse(query.Transform);
        (SequenceKey key, IndexRange range) = _store.Read(store => Locate(store, login, query), cancellation);
        IEnumerable<Block> blocks = ReadRange(query.Stream, key, script is null ? range.First(query.Limit) : range, cancellation);
        if (script is not null)
        {
            blocks = script.Run(blocks);
        }

        return query.Limit is { } limit ? Take(blocks, limit) : blocks;
    }

    private static (SequenceKey Key, IndexRange Range) Locate(IStoreReader store, Login login, DataQuery query)
    {
        SequenceKey key = KeyToRead(store, login, query.Stream);
        return (key, QueryRange.Resolve(store, key, query));
    }

    /// <summary>The sequence that a path means, for one who may read it.</summary>
    internal static SequenceKey KeyToRead(IStoreReader store, Login login, CdbPath path)
    {
        FieldRules.CheckKind(path.ToStream(), CdbPathKind.Stream);
        (StreamRecord stream, Rights rights) = new TreeView(store, ActorOf(store, login)).Stream(path.ToStream());
        return (path.IsDownlink ? rights.Read.Downlink : rights.Read.Data) ? stream.KeyOf(path.IsDownlink) : throw Grants.Missing(path);
    }

    private IEnumerable<Block> ReadRange(CdbPath path, SequenceKey key, IndexRange range, CancellationToken cancellation)
    {
        long at = range.From;
        while (at < range.To)
        {
            Block block = _store.Read(store => store.Read(key, at, range.To), cancellation);
            if (block.Count == 0)
            {
                throw new NotFoundException($"'{path}' was deleted while it was read.", path);
            }

            at += block.Count;
            yield return block;
        }
    }

    private static IEnumerable<Block> Take(IEnumerable<Block> blocks, long limit)
    {
        if (limit <= 0)
        {
            yield break;
        }

        foreach (Block block in blocks)
        {
            yield return block.Slice(0, (int)Math.Min(block.Count, limit));
            limit -= block.Count;
            if (limit <= 0)
            {
                yield break;
            }
        }
    }
}
