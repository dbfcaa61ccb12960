using System.Runtime.InteropServices;
using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

/// <summary>The serial port is a pseudo terminal of Linux, whose other side the test is.</summary>
public sealed partial class SerialSamplerTests : MissingThingSuite
{
    private readonly FileStream? _device;
    private readonly string _port = "/dev/none";

    public SerialSamplerTests()
    {
        if (OperatingSystem.IsLinux())
        {
            const int ReadWrite = 2;
            const int NoControl = 0x100;
            int master = Demand(OpenTerminal(ReadWrite | NoControl));
            Demand(Grant(master));
            Demand(Unlock(master));
            _port = Marshal.PtrToStringUTF8(Name(master))!;
            _device = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(master, ownsHandle: true), FileAccess.ReadWrite, 0);
        }
    }

    protected override SamplerContext Good => Of("serial.line", $"{_port} 115200");

    protected override SamplerContext Bad => Of("serial.line", OperatingSystem.IsWindows() ? "COM250" : "/dev/cdb-no-such-port");

    protected override void Check(DataValue value) => Assert.Equal(21.5, value.AsDouble());

    protected override Task PrepareAsync()
    {
        Skip.If(_device is null, "Pseudo terminals of Linux are needed.");
        _ = Task.Run(async () =>
        {
            // As a device that sends a line again and again.
            while (true)
            {
                await SendAsync("21.5\r\n");
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        });
        return Task.CompletedTask;
    }

    public override void Dispose()
    {
        _device?.Dispose();
        base.Dispose();
    }

    [SkippableFact]
    public async Task A_pattern_takes_the_value_out_of_a_line_and_another_line_is_an_error()
    {
        Skip.If(_device is null, "Pseudo terminals of Linux are needed.");
        using ISampler sampler = SamplerCatalog.Open(Of("serial.line", $@"{_port} | temp=([0-9.]+)"));
        Assert.Equal(21.5, (await NextAsync(sampler, "id=7 temp=21.5 C\n")).AsDouble());
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => NextAsync(sampler, "starting\n"));
        Assert.Contains("a line that the pattern does not match: starting", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await NextAsync(sampler, "temp=3\n")).AsDouble());
    }

    [SkippableFact]
    public async Task A_line_without_an_end_is_an_error_and_the_port_is_opened_again()
    {
        Skip.If(_device is null, "Pseudo terminals of Linux are needed.");
        using ISampler sampler = SamplerCatalog.Open(Good);
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => NextAsync(sampler, new string('x', 70_000)));
        Assert.Contains("a line has more than 65536 characters", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("COM3 fast", "is not PORT [BAUD]")]
    [InlineData("COM3 9600 8N1", "is not PORT [BAUD]")]
    [InlineData("COM3 | (", "is not a regular expression")]
    public void A_wrong_argument_is_refused(string argument, string message)
        => Assert.Contains(message, Assert.Throws<InvalidValueException>(() => SamplerCatalog.Open(Of("serial.line", argument))).Message, StringComparison.Ordinal);

    /// <summary>Sends a line when the sampler waits for it.</summary>
    private async Task<DataValue> NextAsync(ISampler sampler, string line)
    {
        Task<DataValue> asked = sampler.SampleAsync(Some.NoToken).AsTask();
        await Task.WhenAny(asked, SendAsync(line));
        return await asked.WaitAsync(Patience);
    }

    private async Task SendAsync(string text)
    {
        try
        {
            await _device!.WriteAsync(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The port was closed.
        }
    }

    private static int Demand(int result) => result >= 0 ? result : throw new IOException($"The pseudo terminal cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static partial int OpenTerminal(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int Grant(int terminal);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int Unlock(int terminal);

    [LibraryImport("libc", EntryPoint = "ptsname", SetLastError = true)]
    private static partial nint Name(int terminal);
}

public sealed class BoardSamplerTests
{
    [SkippableFact]
    public async Task A_machine_without_pins_says_so()
    {
        Skip.If(OperatingSystem.IsLinux() && Directory.EnumerateFiles("/dev", "gpiochip*").Any(), "This machine has pins.");
        using ISampler sampler = SamplerCatalog.Open(new SamplerContext { Key = "gpio", Argument = "17 pullup" });
        NotAvailableException error = await Assert.ThrowsAsync<NotAvailableException>(() => sampler.SampleAsync(Some.NoToken).AsTask());
        Assert.Contains("This machine has no GPIO pins", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("17 up")]
    [InlineData("17 pullup 3")]
    public void A_wrong_pin_is_refused(string argument)
        => Assert.Contains("is not PIN [pullup|pulldown]", Assert.Throws<InvalidValueException>(() => SamplerCatalog.Open(new SamplerContext { Key = "gpio", Argument = argument })).Message, StringComparison.Ordinal);

    [SkippableTheory]
    [InlineData("cim.value", "SELECT Name FROM Win32_OperatingSystem")]
    [InlineData("windows.events", "System")]
    public void Samplers_of_Windows_say_so_elsewhere(string key, string argument)
    {
        Skip.If(OperatingSystem.IsWindows(), "It is for Windows.");
        Assert.Contains($"{key} is not available here: it is for Windows only.", Assert.Throws<NotAvailableException>(() => SamplerCatalog.Open(new SamplerContext { Key = key, Argument = argument })).Message, StringComparison.Ordinal);
    }
}

[Trait("Platform", "Windows")]
public sealed class CimSamplerTests : SamplerSuite
{
    protected override SamplerContext Good => Of("cim.value", "SELECT TotalVisibleMemorySize, Caption FROM Win32_OperatingSystem");

    protected override void Check(DataValue value) => Assert.InRange(Field(value, "TotalVisibleMemorySize").AsDouble(), 1, 1e12);
}

[Trait("Platform", "Windows")]
public sealed class EventLogSamplerTests : SamplerSuite
{
    protected override SamplerContext Good => Of("windows.events", "System | *[System[Level=1 or Level=2]]");

    protected override void Check(DataValue value) => Assert.InRange(value.AsInteger(), 0, long.MaxValue);
}
