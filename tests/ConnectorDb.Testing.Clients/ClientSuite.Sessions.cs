using ConnectorDb.Contracts;

namespace ConnectorDb.Testing.Clients;

public abstract partial class ClientSuite
{
    /// <summary>True when sessions can be listed, which ConnectorDB 0.3 cannot.</summary>
    protected virtual bool ListsSessions => true;

    [SkippableFact]
    public async Task Sessions_can_be_listed_and_a_session_that_does_not_exist_cannot_be_ended()
    {
        if (!ListsSessions)
        {
            await Assert.ThrowsAsync<NotAvailableException>(() => All(Client.ListSessionsAsync(null, Some.NoToken)));
            await Assert.ThrowsAsync<NotAvailableException>(async () => await Client.RemoveSessionAsync(1, Some.NoToken));
            return;
        }

        await All(Client.ListSessionsAsync(null, Some.NoToken));
        await All(Client.ListSessionsAsync(CdbPath.ForUser(Client.Identity.User), Some.NoToken));
        await Assert.ThrowsAsync<NotFoundException>(() => All(Client.ListSessionsAsync(CdbPath.ForUser(NewName("nobody")), Some.NoToken)));
        NotFoundException error = await Assert.ThrowsAsync<NotFoundException>(async () => await Client.RemoveSessionAsync(long.MaxValue, Some.NoToken));
        Assert.Contains("Get-CdbSession", error.Message, StringComparison.Ordinal);
    }
}
