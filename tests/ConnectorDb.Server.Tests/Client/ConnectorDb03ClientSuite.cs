using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote;

namespace ConnectorDb.Server.Tests.Client;

/// <summary>
/// The client suite for the remote client over ConnectorDB 0.3. It is only compiled when <c>CONNECTORDB_ORIGINAL_URL</c> names one;
/// <c>CONNECTORDB_ORIGINAL_USER</c> and <c>CONNECTORDB_ORIGINAL_PASSWORD</c> are those of an administrator.
/// </summary>
public sealed class ConnectorDb03ClientSuite : ClientSuite
{
    protected override bool IsLossless => false;

    protected override bool KeepsIdentities => false;

    protected override int ManyStreams => 100;

    protected override bool NamesSources => false;

    protected override bool CanRemove => false;

    protected override bool ListsSessions => false;

    protected override bool HasLabels => false;

    protected override Task<ICdbClient> OpenAsync() => RemoteClient.OpenAsync(
        new RemoteOptions
        {
            Url = new Uri(Environment.GetEnvironmentVariable("CONNECTORDB_ORIGINAL_URL")!),
            UserName = Environment.GetEnvironmentVariable("CONNECTORDB_ORIGINAL_USER"),
            Password = Environment.GetEnvironmentVariable("CONNECTORDB_ORIGINAL_PASSWORD"),
        },
        CancellationToken.None);
}
