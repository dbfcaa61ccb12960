using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;

namespace ConnectorDb.Core.Tests.Client;

public sealed class ActAsTests : IDisposable
{
    private static readonly CdbPath s_device = CdbPath.Parse("me/pi");
    private static readonly CdbPath s_stream = CdbPath.Parse("me/pi/temperature");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_caller_that_can_read_the_key_of_a_device_writes_as_the_device()
    {
        await using ICdbClient client = await OpenAsync();
        await using (ICdbClient device = await client.ActAsAsync(s_device, Some.NoToken))
        {
            Assert.Equal(s_device, device.Identity);
            await device.AppendAsync(s_stream, Some.Numbers(3), false, Some.NoToken);
        }

        Assert.Equal(3, await client.CountAsync(s_stream, Some.NoToken));
    }

    [Fact]
    public async Task Every_login_may_act_as_itself()
    {
        await using ICdbClient client = await OpenAsync();
        await using ICdbClient device = await client.ActAsAsync(s_device, Some.NoToken);
        await using ICdbClient again = await device.ActAsAsync(s_device, Some.NoToken);
        await again.AppendAsync(s_stream, Some.Numbers(1), false, Some.NoToken);
    }

    [Fact]
    public async Task A_reader_sees_its_siblings_but_cannot_act_as_them()
    {
        await using ICdbClient client = await OpenAsync();
        CdbPath reader = CdbPath.Parse("me/display");
        await client.CreateDeviceAsync(reader, new DeviceDefinition { Role = "reader" }, Some.NoToken);
        await using ICdbClient display = await client.ActAsAsync(reader, Some.NoToken);

        PermissionDeniedException refused = await Assert.ThrowsAsync<PermissionDeniedException>(async () => await display.ActAsAsync(s_device, Some.NoToken));
        Assert.Contains("API key", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("me/meta", typeof(PermissionDeniedException))]
    [InlineData("me/nothing", typeof(NotFoundException))]
    [InlineData("me", typeof(InvalidNameException))]
    public async Task No_login_acts_as_a_device_without_a_key(string path, Type expected)
    {
        await using ICdbClient client = await OpenAsync();
        await Assert.ThrowsAsync(expected, async () => await client.ActAsAsync(CdbPath.Parse(path), Some.NoToken));
    }

    private async Task<ICdbClient> OpenAsync()
    {
        ICdbClient client = EmbeddedClient.Open(new EmbeddedOptions { Path = _folder["store.cdb"], KeyFolder = _folder["keys"] });
        await client.CreateDeviceAsync(s_device, new DeviceDefinition { Streams = new Dictionary<string, StreamDefinition> { [s_stream.Name] = new() } }, Some.NoToken);
        return client;
    }
}
