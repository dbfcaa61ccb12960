namespace ConnectorDb.Core.Client.Remote.ConnectorDb03;

/// <content>The streams of the server have no labels.</content>
internal sealed partial class ConnectorDb03Client
{
    public override IAsyncEnumerable<CdbStream> FindStreamsAsync(string text, IReadOnlyList<LabelPattern> labels, string after, CancellationToken cancellation)
        => throw HasNoLabels("Search by name.");

    public override ValueTask<CdbUser> CreateUserAsync(CdbPath path, UserDefinition definition, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(definition);
        CheckLabels((definition.Streams?.Values ?? []).Concat((definition.Devices?.Values ?? []).SelectMany(device => device.Streams?.Values ?? [])));
        return base.CreateUserAsync(path, definition, cancellation);
    }

    public override ValueTask<CdbDevice> CreateDeviceAsync(CdbPath path, DeviceDefinition definition, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(definition);
        CheckLabels(definition.Streams?.Values ?? []);
        return base.CreateDeviceAsync(path, definition, cancellation);
    }

    public override ValueTask<CdbStream> CreateStreamAsync(CdbPath path, StreamDefinition definition, CancellationToken cancellation)
    {
        CheckLabels([definition]);
        return base.CreateStreamAsync(path, definition, cancellation);
    }

    /// <exception cref="NotAvailableException">A stream has labels.</exception>
    private void CheckLabels(IEnumerable<StreamDefinition> streams)
    {
        if (streams.Any(stream => stream.Labels is { Count: > 0 }))
        {
            throw HasNoLabels("Leave them out.");
        }
    }

    private NotAvailableException HasNoLabels(string advice)
        => new($"The server '{Location}' is a ConnectorDB 0.3, whose streams have no labels. {advice}", Location);
}
