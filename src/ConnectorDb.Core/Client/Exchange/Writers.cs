using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>Appends to streams as their owners, and to downlinks as other devices.</summary>
/// <remarks>The database sets the origin of a datapoint to the device that writes it.</remarks>
internal sealed class Writers(ICdbClient client) : IAsyncDisposable
{
    private static readonly AppendOptions s_asExported = new() { AsExported = true };

    private readonly Dictionary<CdbPath, ICdbClient> _clients = [];
    private readonly Dictionary<(CdbPath Stream, string? Origin), ICdbClient?> _ofDownlinks = [];

    public async ValueTask<AppendResult> AppendAsync(CdbPath stream, Block points, CancellationToken cancellation)
    {
        ICdbClient writer = await AsAsync(stream.Parent!, cancellation).ConfigureAwait(false);
        return await AppendAsync(writer, stream, points, cancellation).ConfigureAwait(false);
    }

    /// <summary>Appends to the downlink as the original device, otherwise as the importing one, otherwise as the device of the user.</summary>
    /// <returns>The writing device; null when no device may write.</returns>
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

    private static async ValueTask<AppendResult> AppendAsync(ICdbClient writer, CdbPath stream, Block points, CancellationToken cancellation)
        => (await writer.AppendAsync([new StreamBlock(stream, points)], s_asExported, cancellation).ConfigureAwait(false))[0];

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

    /// <summary>The client of a device; null when it does not exist or the login may not act as it.</summary>
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

    /// <summary>Appends; false when the device may not write or see the stream.</summary>
    private static async ValueTask<bool> TryAsync(ICdbClient writer, CdbPath stream, Block points, CancellationToken cancellation)
    {
        try
        {
            await AppendAsync(writer, stream, points, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (CdbException error) when (error is PermissionDeniedException or NotFoundException)
        {
            return false;
        }
    }
}
