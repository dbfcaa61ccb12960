using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <inheritdoc cref="ICdbClient.GetEndsAsync"/>
    public IReadOnlyList<StreamEnd?> GetEnds(Login login, IReadOnlyList<CdbPath> streams, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(streams);
        return _store.Read<IReadOnlyList<StreamEnd?>>(store => [.. streams.Select(stream => EndOf(store, login, stream))], cancellation);
    }

    private static StreamEnd? EndOf(IStoreReader store, Login login, CdbPath stream)
    {
        try
        {
            SequenceKey key = KeyToRead(store, login, stream);
            long count = store.End(key).Count;
            return new StreamEnd(count, count == 0 ? null : store.Read(key, count - 1, count).At(0, stream));
        }
        catch (NotFoundException)
        {
            return null;
        }
    }
}
