using System.Net;
using System.Net.Sockets;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Polling.Snmp;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

/// <summary>Against a real agent of net-snmp.</summary>
public sealed class SnmpSamplerTests(SnmpAgent agent) : MissingThingSuite, IClassFixture<SnmpAgent>
{
    private const string Location = "1.3.6.1.2.1.1.6.0";
    private readonly ClosedPort _closed = new();

    protected override SamplerContext Good => Of("snmp.get", $"{agent.Authority} | 1.3.6.1.2.1.1.3.0 | {SnmpAgent.Community}");

    protected override SamplerContext Bad => Of("snmp.get", $"{_closed.Authority} | {Location}");

    protected override void Check(DataValue value) => Assert.InRange(value.AsDouble(), 0, 600);

    protected override Task PrepareAsync()
    {
        agent.SkipWhenMissing();
        return Task.CompletedTask;
    }

    public override void Dispose()
    {
        _closed.Dispose();
        base.Dispose();
    }

    [SkippableTheory]
    [InlineData(Location, "^\"attic\"$")]
    [InlineData("." + Location, "^\"attic\"$")]
    [InlineData("1.3.6.1.2.1.1.2.0", "^\"1\\.3\\.6\\.1\\.4\\.1\\.8072\\.3\\.2\\.10\"$")]
    [InlineData("1.3.6.1.2.1.11.1.0", "^[0-9]+$")]
    [InlineData("1.3.6.1.6.3.10.2.1.1.0", "^\"80001F88[0-9A-F]+\"$")]
    public async Task Objects_of_each_type_are_read(string name, string expected)
    {
        agent.SkipWhenMissing();
        Assert.Matches(expected, (await ValueAsync($"{agent.Authority} | {name} | {SnmpAgent.Community}")).ToJson());
    }

    [SkippableTheory]
    [InlineData("sha256", "SHA256", true)]
    [InlineData("sha", "sha", true)]
    [InlineData("sha512", "SHA512", false)]
    public async Task Version_3_reads_with_each_hash_and_level(string user, string hash, bool isEncrypted)
    {
        agent.SkipWhenMissing();
        File.WriteAllText(Folder["password"], SnmpAgent.Password + "\n");
        using ISampler sampler = SamplerCatalog.Open(Of("snmp.get", Version3(user, hash, $$"""{"file": "{{Folder["password"]}}"}""", isEncrypted ? $"\"{SnmpAgent.Password}\"" : null)));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("attic", (await sampler.SampleAsync(Some.NoToken).AsTask().WaitAsync(Patience)).AsText());
        }
    }

    [SkippableTheory]
    [InlineData("sha256", "SHA256", "\"guess-5512\"", "\"sesame-7391\"", "does not accept the password authPassword")]
    [InlineData("sha256", "SHA512", "\"sesame-7391\"", "\"sesame-7391\"", "does not accept the password authPassword")]
    [InlineData("sha256", "SHA256", "\"sesame-7391\"", null, "authorizationError")]
    [InlineData("nobody", "SHA256", "\"sesame-7391\"", "\"sesame-7391\"", "does not know the user")]
    [InlineData("sha256", "SHA256", "\"short\"", "\"sesame-7391\"", "8 characters or more")]
    [InlineData("sha256", "SHA256", "{\"env\": \"CDB_NO_SUCH\"}", "\"sesame-7391\"", "'CDB_NO_SUCH' is not set")]
    public async Task A_refused_login_of_version_3_names_the_reason_and_no_password(string user, string hash, string auth, string? priv, string reason)
    {
        agent.SkipWhenMissing();
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => ValueAsync(Version3(user, hash, auth, priv)));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("1.3.6.1.2.1.1.6")]
    [InlineData("1.3.6.1.4.1.99999.1")]
    public async Task A_missing_object_is_an_error_with_its_name(string name)
    {
        agent.SkipWhenMissing();
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => ValueAsync($"{agent.Authority} | {name} | {SnmpAgent.Community}"));
        Assert.Contains($"has no object {name}.", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_agent_that_is_silent_ends_with_the_time_limit()
    {
        agent.SkipWhenMissing();
        using CancellationTokenSource limit = new();
        using ISampler sampler = SamplerCatalog.Open(Of("snmp.get", $"{agent.Authority} | {Location} | another"));
        Task<DataValue> asked = sampler.SampleAsync(limit.Token).AsTask();
        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked.WaitAsync(Patience));
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3082FFFF02")]
    [InlineData("3005020101040130")]
    [InlineData("300F020101040170A2080201010201000201")]
    [InlineData("30840000000102")]
    public async Task A_malformed_response_is_an_error(string bytes)
    {
        using UdpClient server = new(new IPEndPoint(IPAddress.Loopback, 0));
        Task<DataValue> asked = ValueAsync($"{server.Client.LocalEndPoint} | {Location}");
        UdpReceiveResult request = await server.ReceiveAsync().WaitAsync(Patience);
        await server.SendAsync(Convert.FromHexString(bytes), request.RemoteEndPoint);
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => asked);
        Assert.Contains("sent something else than a response", error.Message, StringComparison.Ordinal);
    }

    /// <summary>RFC 3414, A.3.2: the key of "maplesyrup" for the engine 00 … 02 with SHA-1.</summary>
    [Fact]
    public void A_password_becomes_the_key_of_the_standard()
        => Assert.Equal("6695FEBC9288E36282235FC7151F128497B38F3F", Convert.ToHexString(SnmpHash.Of("SHA").Key("maplesyrup", Convert.FromHexString("000000000000000000000002"))));

    [Theory]
    [InlineData(0, "020100")]
    [InlineData(127, "02017F")]
    [InlineData(128, "02020080")]
    [InlineData(-1, "0201FF")]
    [InlineData(-129, "0202FF7F")]
    [InlineData(2147483647, "02047FFFFFFF")]
    public void Integers_have_the_shortest_encoding(long value, string expected)
    {
        Assert.Equal(expected, Convert.ToHexString(BerWriter.Integer(value)));
        Assert.Equal(value, new BerReader(BerWriter.Integer(value)).Integer());
    }

    [Theory]
    [InlineData("h", "is not HOST[:PORT] | OID")]
    [InlineData("h/x | 1.3.6", "'h/x' is not HOST[:PORT]")]
    [InlineData("h | sysUpTime.0", "is not the identifier of an object in numbers")]
    [InlineData("h | 1.40.1", "is not the identifier of an object in numbers")]
    [InlineData("""{"host": "h"}""", "needs the member oid")]
    [InlineData("""{"host": "h", "oid": "1.3.6", "version": 1}""", "no member 'version'")]
    [InlineData("""{"host": "h", "oid": "1.3.6", "user": "u", "auth": "MD5"}""", "is one of SHA, SHA256, SHA384, SHA512")]
    [InlineData("""{"host": "h", "oid": "1.3.6", "user": "u", "community": "sesame"}""", "either a community")]
    [InlineData("""{"host": "h", "oid": "1.3.6", "user": "u", "privPassword": "sesame-1234"}""", "either a community")]
    [InlineData("""{"host": "h", "oid": "1.3.6", "community": {"sesame": "x"}}""", "neither a text nor")]
    public void A_wrong_argument_is_refused(string argument, string message)
    {
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => SamplerCatalog.Open(Of("snmp.get", argument)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", error.Message, StringComparison.Ordinal);
    }

    private string Version3(string user, string hash, string auth, string? priv)
        => $$"""{"host": "{{agent.Authority}}", "oid": "{{Location}}", "user": "{{user}}", "auth": "{{hash}}", "authPassword": {{auth}}{{(priv is null ? "" : $", \"privPassword\": {priv}")}}}""";

    private static async Task<DataValue> ValueAsync(string argument)
    {
        using ISampler sampler = SamplerCatalog.Open(Of("snmp.get", argument));
        return await sampler.SampleAsync(Some.NoToken).AsTask().WaitAsync(Patience);
    }
}
