using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>Writes as the devices that have to: a stream as its owner, a downlink as anybody but its owner.</summary>
internal sealed class Writers(ICdbClient client) : IAsyncDisposable
{
    private readonly Dictionary<CdbPath, ICdbClient> _clients = [];
    private readonly Dictionary<(CdbPath Stream, string? Origin), ICdbClient?> _ofDownlinks = [];

    public async ValueTask<AppendResult> AppendAsync(CdbPath stream, Block points, CancellationToken cancellation)
    {
        ICdbClient writer = await AsAsync(stream.Parent!, cancellation).ConfigureAwait(false);
        return await writer.AppendAsync(stream, points, restamp: false, cancellation).ConfigureAwait(false);
    }

    /// <summary>Appends to the downlink as the device that wrote it first, else as the one that imports, else as the user's own device.</summary>
    /// <returns>Who wrote; null when nobody may.</returns>
    public async ValueTask<CdbPath?> AskAsync(CdbPath stream, Block points, string? origin, CancellationToken cancellation)
    {
        if (_ofDownlinks.TryGetValue((stream, origin), out ICdbClient? known))
        {
            return known is not null && await TryAsync(known, stream, points, cancellation).ConfigureAwait(false) ? known.Identity : null;
        }

        foreach (CdbPath candidate in Candidates(stream, origin))
        {
            if (await FindAsync(candidate, cancellation).ConfigureAwait(false) is { } writer
                && await TryAsync(writer, stream, points, cancellation).ConfigureAwait(false))
            {
                _ofDownlinks[(stream, origin)] = writer;
                return candidate;
            }
        }

        _ofDownlinks[(stream, origin)] = null;
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ICdbClient other in _clients.Values)
        {
            await other.DisposeAsync().ConfigureAwait(false);
        }
    }

    private IEnumerable<CdbPath> Candidates(CdbPath stream, string? origin)
    {
        List<CdbPath> candidates = [client.Identity, CdbPath.ForDevice(stream.User, CdbEngine.UserDevice)];
        if (origin?.Split('/') is [var user, var device] && CdbName.IsValid(user) && CdbName.IsValid(device))
        {
            candidates.Insert(0, CdbPath.ForDevice(user, device));
        }

        return candidates.Where(candidate => candidate != stream.Parent).Distinct();
    }

    private async ValueTask<ICdbClient> AsAsync(CdbPath device, CancellationToken cancellation)
        => device == client.Identity ? client
            : _clients.TryGetValue(device, out ICdbClient? known) ? known
            : _clients[device] = await client.ActAsAsync(device, cancellation).ConfigureAwait(false);

    /// <summary>The database as that device sees it; null when it is not there or one may not act as it.</summary>
    private async ValueTask<ICdbClient?> FindAsync(CdbPath device, CancellationToken cancellation)
    {
        try
        {
            return await AsAsync(device, cancellation).ConfigureAwait(false);
        }
        catch (CdbException error) when (error is NotFoundException or PermissionDeniedException)
        {
            return null;
        }
    }

    /// <summary>Appends, unless the writer may not, or does not even see the stream.</summary>
    private static async ValueTask<bool> TryAsync(ICdbClient writer, CdbPath stream, Block points, CancellationToken cancellation)
    {
        try
        {
            await writer.AppendAsync(stream, points, restamp: false, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (CdbException error) when (error is PermissionDeniedException or NotFoundException)
        {
            return false;
        }
    }
}
