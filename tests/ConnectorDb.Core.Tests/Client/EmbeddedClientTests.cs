using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;

namespace ConnectorDb.Core.Tests.Client;

public sealed class EmbeddedClientTests : IDisposable
{
    private static readonly CdbPath s_stream = CdbPath.Parse("me/user/temperature");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_owner_of_a_new_store_appends_and_reads()
    {
        await using ICdbClient client = Open();
        Assert.Equal("me/user", client.Identity.ToString());
        await client.CreateStreamAsync(s_stream, new StreamDefinition { Schema = """{ "type": "number" }""" }, Some.NoToken);

        AppendResult result = await client.AppendAsync(s_stream, Some.Numbers(3), false, Some.NoToken);

        Assert.Equal(new AppendResult(3, s_stream), result);
        Assert.Equal(3, await client.CountAsync(s_stream, Some.NoToken));
        List<Datapoint> points = await Some.Points(client.ReadAsync(new DataQuery(s_stream), Some.NoToken));
        Assert.Equal([1.0, 2.0, 3.0], points.Select(point => point.T));
        Assert.Equal([0.0, 1.0, 2.0], points.Select(point => point.Value.AsDouble()));
    }

    [Fact]
    public async Task Stored_datapoints_are_read_after_reopening()
    {
        await using (ICdbClient first = Open())
        {
            await first.CreateStreamAsync(s_stream, new StreamDefinition(), Some.NoToken);
            await first.AppendAsync(s_stream, Some.Numbers(10_000), false, Some.NoToken);
            await first.AppendAsync(s_stream, Some.Point(20_000, DataValue.From("last")), false, Some.NoToken);
        }

        await using ICdbClient second = Open();
        Assert.Equal(10_001, await second.CountAsync(s_stream, Some.NoToken));
        Assert.Equal("last", (await second.LastAsync(s_stream, Some.NoToken))!.Data);
        List<Datapoint> points = await Some.Points(second.ReadAsync(new DataQuery(s_stream) { I1 = -2 }, Some.NoToken));
        Assert.Equal([10_000.0, 20_000.0], points.Select(point => point.T));
    }

    [Fact]
    public async Task A_client_continues_with_the_new_password_of_its_own_user()
    {
        CdbPath ann = CdbPath.ForUser("ann");
        await using ICdbClient owner = Open();
        await owner.CreateUserAsync(ann, new UserDefinition { Password = "the first long one" }, Some.NoToken);
        await using ICdbClient client = Open("ann", "the first long one");

        await client.UpdateUserAsync(ann, new UserDefinition { Password = "the second long one", OldPassword = "the first long one" }, Some.NoToken);

        Assert.Equal(ann.ToString(), (await client.GetUserAsync(ann, Some.NoToken)).Path);
    }

    private ICdbClient Open(string? user = null, string? password = null)
        => EmbeddedClient.Open(new EmbeddedOptions { Path = _folder["store.cdb"], KeyFolder = _folder["keys"], UserName = user, Password = password });
}
