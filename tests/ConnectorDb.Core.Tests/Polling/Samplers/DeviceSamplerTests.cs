using ConnectorDb.Core.Polling.Devices;
using ConnectorDb.Core.Polling.Samplers;
using ConnectorDb.Polling;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

public abstract class WemoSamplerSuite : SamplerSuite
{
    private readonly WemoDevice _device = new("Heater");
    private readonly FakeTimeProvider _time = new();

    protected override SamplerContext Good => Of(Key, "heater") with { Discovery = _device.Discovery, Time = _time };

    protected abstract string Key { get; }

    [Fact]
    public async Task A_switch_that_has_moved_is_found_again()
    {
        using WemoSampler sampler = new(Good);
        Check(await sampler.SampleAsync(Some.NoToken));
        _device.Move();
        await Assert.ThrowsAsync<SampleException>(() => sampler.SampleAsync(Some.NoToken).AsTask());
        Check(await sampler.SampleAsync(Some.NoToken));
    }

    [Fact]
    public async Task A_switch_that_answers_after_the_time_limit_is_found_by_the_next_measurement()
    {
        TaskCompletionSource thinking = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _device.Thinking = thinking.Task;
        using WemoSampler sampler = new(Good);
        using CancellationTokenSource late = new();
        Task<DataValue> first = sampler.SampleAsync(late.Token).AsTask();
        await late.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        thinking.SetResult();
        Check(await sampler.SampleAsync(Some.NoToken));
        Assert.Equal(1, _device.Searches);
    }

    [Fact]
    public async Task The_search_for_a_silent_switch_ends()
    {
        _device.Thinking = new TaskCompletionSource().Task;
        using WemoSampler sampler = new(Good);
        Task<DataValue> asked = sampler.SampleAsync(Some.NoToken).AsTask();
        _time.Advance(TimeSpan.FromSeconds(5));
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => asked.WaitAsync(Patience));
        Assert.Contains("within 5 seconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Devices_that_hang_fail_or_answer_with_another_scheme_do_not_hold_up_the_search()
    {
        using LoopbackServer hanging = new() { Answer = _ => LoopbackReply.NoContent with { Before = new TaskCompletionSource().Task } };
        using LoopbackServer moved = new() { Answer = _ => new LoopbackReply(302) { Headers = [("Location", "http://127.0.0.1:1/")] } };
        _device.Neighbours = [$"{hanging.Url}/setup.xml", "ftp://127.0.0.1/setup.xml", "file:///etc/passwd", "http://127.0.0.1:1/setup.xml", "nonsense", "http://", $"{moved.Url}/setup.xml"];
        using WemoSampler sampler = new(Good);
        Check(await sampler.SampleAsync(Some.NoToken).AsTask().WaitAsync(Patience));
    }

    public override void Dispose()
    {
        _device.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class WemoStateTests : WemoSamplerSuite
{
    protected override string Key => "wemo.state";

    protected override void Check(DataValue value) => Assert.Equal(1, value.AsInteger());
}

public sealed class WemoPowerTests : WemoSamplerSuite
{
    protected override string Key => "wemo.power";

    protected override void Check(DataValue value) => Assert.Equal(40.25, value.AsDouble());
}

/// <summary>Register images, computed by hand from the data sheets' formulas.</summary>
public sealed class SenseHatSamplerTests
{
    [Theory]
    [InlineData("sensehat.temperature", 22.5)]
    [InlineData("sensehat.humidity", 40)]
    [InlineData("sensehat.pressure", 1013.25)]
    public async Task Registers_become_numbers(string key, double expected)
    {
        using SenseHatSampler sampler = new(new SamplerContext { Key = key }, address => address == 0x5F ? Humid() : Barometer());
        Assert.Equal(expected, (await sampler.SampleAsync(Some.NoToken)).AsDouble(), 6);
        Assert.Equal(expected, (await sampler.SampleAsync(Some.NoToken)).AsDouble(), 6);
    }

    [Fact]
    public async Task An_unknown_chip_at_the_address_is_not_available()
    {
        using SenseHatSampler sampler = new(new SamplerContext { Key = "sensehat.humidity" }, _ => Barometer());
        await Assert.ThrowsAsync<NotAvailableException>(() => sampler.SampleAsync(Some.NoToken).AsTask());
    }

    /// <summary>Calibrated at 20 % and 60 % (0 and 4000), 20 °C and 33 °C, which needs the upper bits (0 and 1300); it measures 2000 and 250.</summary>
    private static RegisterImage Humid() => new(
        (0x0F, [0xBC]),
        (0x28, [0xD0, 0x07, 0xFA, 0x00]),
        (0x30, [40, 120, 160, 264 & 0xFF, 0, 0b0100, 0, 0, 0, 0, 0xA0, 0x0F, 0, 0, 0x14, 0x05]));

    /// <summary>1013.25 hPa times 4096 is 4,150,272, which is 0x3F5400.</summary>
    private static RegisterImage Barometer() => new((0x0F, [0xBD]), (0x28, [0x00, 0x54, 0x3F]));
}

/// <summary>The registers of a chip, which has measured as soon as it is switched on.</summary>
internal sealed class RegisterImage : IRegisters
{
    private readonly byte[] _registers = new byte[0x40];

    public RegisterImage(params (byte First, byte[] Content)[] parts)
    {
        foreach ((byte first, byte[] content) in parts)
        {
            content.CopyTo(_registers, first);
        }
    }

    public byte[] Read(byte first, int count) => _registers[first..(first + count)];

    public void Write(byte register, byte value)
    {
        _registers[register] = value;
        _registers[0x27] = 0b11;
    }

    public void Dispose()
    {
    }
}

public sealed class PlatformTests
{
    [SkippableFact]
    public void A_sampler_of_another_platform_throws_NotAvailableException()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has its counters.");
        NotAvailableException error = Assert.Throws<NotAvailableException>(() => ConnectorDb.Core.Polling.SamplerCatalog.Open(new SamplerContext { Key = "windows.counter", Argument = @"\System\Threads" }));
        Assert.Contains("Windows", error.Message, StringComparison.Ordinal);
    }
}
