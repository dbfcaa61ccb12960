namespace ConnectorDb.Contracts;

/// <summary>Asks for the columns of one stream.</summary>
public static class SingleStreamChart
{
    /// <summary>The columns of the query.</summary>
    /// <inheritdoc cref="ICdbClient.ChartAsync"/>
    /// <exception cref="NotFoundException">The stream is missing or may not be read.</exception>
    public static async ValueTask<IReadOnlyList<StreamSummary>> ChartAsync(this ICdbClient client, ChartQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(query);
        return (await client.ChartAsync([query], cancellation).ConfigureAwait(false))[0]
            ?? throw NotFoundException.Of(query.Range.Stream);
    }
}
