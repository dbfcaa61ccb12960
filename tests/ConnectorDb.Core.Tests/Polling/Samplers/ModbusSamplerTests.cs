using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

public sealed class ModbusSamplerTests : MissingThingSuite
{
    private readonly ModbusDevice _device = new();
    private readonly ClosedPort _closed = new();

    public ModbusSamplerTests()
    {
        ushort[] words = [0x41AC, 0x0000, 0xFFFE, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFE, 0x8000, 0x0000, 0x0000, 0x0001];
        words.CopyTo(_device.Registers, 100);
        _device.Coils[7] = true;
    }

    protected override SamplerContext Good => Of("modbus.tcp", $"{_device.Authority} | holding 100 float32");

    protected override SamplerContext Bad => Of("modbus.tcp", $"{_closed.Authority} | holding 100");

    public override void Dispose()
    {
        _closed.Dispose();
        _device.Dispose();
        base.Dispose();
    }

    /// <summary>Expected values are those of the big-endian bytes in the registers.</summary>
    [Theory]
    [InlineData("holding 100", "16812")]
    [InlineData("input 100", "16813")]
    [InlineData("holding 102 int16", "-2")]
    [InlineData("holding 102 uint16 unit 1", "65534")]
    [InlineData("holding 104 int32", "-1")]
    [InlineData("holding 106 uint32", "4294967294")]
    [InlineData("holding 106 uint32 swapped", "4294901759")]
    [InlineData("holding 104 int64", "-2")]
    [InlineData("holding 104 uint64", "18446744073709551614")]
    [InlineData("holding 108 int64 swapped", "281474976743424")]
    [InlineData("holding 108 float64", "-5E-324")]
    [InlineData("coil 7", "true")]
    [InlineData("discrete 7", "false")]
    public async Task Values_of_each_table_and_type_are_read(string register, string expected)
        => Assert.Equal(expected, (await ValueAsync(register)).ToJson());

    [Theory]
    [InlineData("holding 999 float32", "with code 2: it has no such address.")]
    [InlineData("holding 1 unit 9", "with code 11: the gateway cannot reach the unit.")]
    public async Task A_refusal_names_the_device_the_argument_and_the_reason(string register, string reason)
    {
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => ValueAsync(register));
        Assert.Equal($"The Modbus device '{_device.Authority}' refuses '{_device.Authority} | {register}' {reason}", error.Message);
    }

    [Fact]
    public async Task A_wrong_answer_and_a_closed_connection_are_errors_and_the_next_measurement_connects_again()
    {
        using ISampler sampler = SamplerCatalog.Open(Good);
        await sampler.SampleAsync(Some.NoToken);
        await sampler.SampleAsync(Some.NoToken);
        Assert.Equal(1, _device.Connections);
        foreach (Func<byte[], byte[]?> change in (Func<byte[], byte[]?>[])[answer => [(byte)(answer[0] + 1), .. answer[1..]], answer => [.. answer[..8], 200, .. answer[9..]], _ => null])
        {
            _device.Change = change;
            await Assert.ThrowsAsync<SampleException>(() => sampler.SampleAsync(Some.NoToken).AsTask().WaitAsync(Patience));
            _device.Change = answer => answer;
            Check(await sampler.SampleAsync(Some.NoToken).AsTask().WaitAsync(Patience));
        }
    }

    [Theory]
    [InlineData("127.0.0.1", "is not HOST[:PORT]")]
    [InlineData("127.0.0.1/path | holding 1", "is not HOST[:PORT]")]
    [InlineData("127.0.0.1 | holding", "is not TABLE ADDRESS")]
    [InlineData("127.0.0.1 | registers 1", "The tables are coil, discrete, holding, input")]
    [InlineData("127.0.0.1 | holding 65536", "addresses are 0 to 65535")]
    [InlineData("127.0.0.1 | holding 1 float", "has the types int16")]
    [InlineData("127.0.0.1 | coil 1 int16", "has bits, without a type")]
    [InlineData("127.0.0.1 | holding 1 int16 swapped", "swapped is for those of 32 and 64 bits")]
    [InlineData("127.0.0.1 | holding 1 unit 256", "no number of a unit")]
    public void A_wrong_argument_is_refused(string argument, string message)
        => Assert.Contains(message, Assert.Throws<InvalidValueException>(() => SamplerCatalog.Open(Of("modbus.tcp", argument))).Message, StringComparison.Ordinal);

    protected override void Check(DataValue value) => Assert.Equal(21.5, value.AsDouble());

    private async Task<DataValue> ValueAsync(string register)
    {
        using ISampler sampler = SamplerCatalog.Open(Of("modbus.tcp", $"{_device.Authority} | {register}"));
        return await sampler.SampleAsync(Some.NoToken).AsTask().WaitAsync(Patience);
    }
}
