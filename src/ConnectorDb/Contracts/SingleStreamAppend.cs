using ConnectorDb.Columns;

namespace ConnectorDb.Contracts;

/// <summary>Appends to one stream.</summary>
public static class SingleStreamAppend
{
    /// <summary>Appends the block, all or nothing; on return it is on disk.</summary>
    /// <inheritdoc cref="ICdbClient.AppendAsync"/>
    public static async ValueTask<AppendResult> AppendAsync(this ICdbClient client, CdbPath stream, Block points, bool restamp, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        AppendOptions options = restamp ? new AppendOptions { Restamp = true } : AppendOptions.Default;
        return (await client.AppendAsync([new StreamBlock(stream, points)], options, cancellation).ConfigureAwait(false))[0];
    }
}
