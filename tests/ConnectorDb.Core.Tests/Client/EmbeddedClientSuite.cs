using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;

namespace ConnectorDb.Core.Tests.Client;

public sealed class EmbeddedClientSuite : ClientSuite, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<ICdbClient> OpenAsync()
        => Task.FromResult(EmbeddedClient.Open(new EmbeddedOptions { Path = _folder["store.cdb"], KeyFolder = _folder["keys"] }));
}
