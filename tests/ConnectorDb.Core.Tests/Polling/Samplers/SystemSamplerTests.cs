using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling.Samplers;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

public sealed class LoadAverageSamplerTests : SamplerSuite
{
    protected override SamplerContext Good => Of("system.loadavg5");

    protected override void Check(DataValue value) => Assert.True(value.AsDouble() >= 0);
}

public sealed class CpuSamplerTests : SamplerSuite
{
    protected override SamplerContext Good => Of("system.cpu");

    [Fact]
    public void Waiting_for_the_disk_is_idle_and_guests_are_not_counted_twice()
        => Assert.Equal([50, 80], CpuSampler.Parse("cpu  10 5 5 40 10 4 3 3 7 0\ncpu0 1 1 1 1\n"));

    protected override void Check(DataValue value) => Between(value, 0, 100);
}

public sealed class MemorySamplerTests : SamplerSuite
{
    protected override SamplerContext Good => Of("system.memory");

    [Fact]
    public void Kibibytes_become_bytes()
        => Assert.Equal((4096, 1024), MemorySampler.Parse("MemTotal:       4 kB\nMemFree: 2 kB\nMemAvailable:  1 kB\n"));

    protected override void Check(DataValue value)
    {
        Between(Field(value, "percent"), 0, 100);
        Assert.Equal(Field(value, "total").AsInteger(), Field(value, "used").AsInteger() + Field(value, "available").AsInteger());
    }
}

public sealed class DiskSamplerTests : MissingThingSuite
{
    protected override SamplerContext Good => Of("system.disk");

    protected override SamplerContext Bad => Of("system.disk", Folder["nothing"]);

    [Fact]
    public async Task A_folder_and_a_file_have_the_figures_of_their_volume()
    {
        File.WriteAllText(Folder["file"], "");
        long total = new DriveInfo(Folder.Root).TotalSize;
        Assert.Equal([total, total], [await TotalAsync(Folder.Root), await TotalAsync(Folder["file"])]);
    }

    [SkippableFact]
    public async Task A_folder_of_a_volume_that_is_mounted_in_a_folder_has_the_figures_of_that_volume()
    {
        const string Mount = "/dev/shm";
        Skip.IfNot(OperatingSystem.IsLinux() && Directory.Exists(Mount), $"Nothing is mounted at {Mount}.");
        string folder = Path.Combine(Mount, Path.GetFileName(Folder.Root));
        Directory.CreateDirectory(folder);
        try
        {
            Assert.Equal(new DriveInfo(Mount).TotalSize, await TotalAsync(folder));
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    [Trait("Platform", "Windows")]
    [SkippableTheory]
    [InlineData("C:")]
    [InlineData("C")]
    [InlineData(@"C:\")]
    public async Task A_drive_is_named_by_its_letter(string drive)
    {
        Skip.IfNot(OperatingSystem.IsWindows(), "Only Windows has drive letters.");
        Assert.Equal(new DriveInfo("C").TotalSize, await TotalAsync(drive));
    }

    protected override void Check(DataValue value) => Between(Field(value, "percent"), 0, 100);

    private static async Task<long> TotalAsync(string place)
    {
        using ISampler sampler = Open(Of("system.disk", place));
        return Field(await sampler.SampleAsync(Some.NoToken), "total").AsInteger();
    }
}

public sealed class DiskTrafficSamplerTests : MissingThingSuite
{
    private const string Text = """
        7 0 loop0 1 0 8 0 0 0 0 0 0 0 0
        8 0 sda 10 0 100 5 20 0 200 5 0 0 0
        8 1 sda1 10 0 90 5 20 0 190 5 0 0 0
        8 16 sdb 1 0 1 5 2 0 2 5 0 0 0
        """;

    protected override SamplerContext Good => Of("system.diskio");

    protected override SamplerContext Bad => Of("system.diskio", "nosuchdisk");

    [Theory]
    [InlineData(null, 101, 202)]
    [InlineData("sda1", 90, 190)]
    public void Whole_disks_are_counted_once(string? device, long read, long written)
        => Assert.Equal([read * 512, written * 512], DiskTrafficSampler.Parse(Text, device, name => !name.EndsWith('1'))!);

    protected override void Check(DataValue value) => Assert.True(Field(value, "written").AsDouble() >= 0);
}

public sealed class NetworkTrafficSamplerTests : MissingThingSuite
{
    protected override SamplerContext Good => Of("system.network");

    protected override SamplerContext Bad => Of("system.network", "nosuchinterface");

    [Fact]
    public void Received_and_sent_bytes_are_the_first_and_ninth_columns_on_Linux()
    {
        const string text = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                lo:     100      1    0    0    0     0          0         0     100      1    0    0    0     0       0          0
              eth0:12345678    200    0    0    0     0          0         0    9000     30    0    0    0     0       0          0

            """;
        Assert.Equal([new("lo", true, 100, 100), new("eth0", false, 12345678, 9000)], NetworkTrafficSampler.Parse(text));
    }

    protected override void Check(DataValue value) => Assert.True(Field(value, "received").AsDouble() >= 0);
}

public sealed class UptimeSamplerTests : SamplerSuite
{
    protected override SamplerContext Good => Of("system.uptime");

    protected override void Check(DataValue value) => Assert.True(value.AsDouble() > 0);
}

public sealed class ProcessSamplerTests : SamplerSuite
{
    protected override SamplerContext Good => Of("system.process", "no-such-process");

    protected override void Check(DataValue value) => Assert.Equal(0, Field(value, "count").AsInteger());
}

public sealed class OwnProcessSamplerTests : SamplerSuite
{
    private static readonly string s_name = System.Diagnostics.Process.GetCurrentProcess().ProcessName;

    protected override SamplerContext Good => Of("system.process", s_name);

    [Fact]
    public async Task The_extension_of_Windows_may_be_given()
    {
        using ISampler sampler = Open(Of("system.process", s_name + ".exe"));
        Check(await sampler.SampleAsync(Some.NoToken));
    }

    protected override void Check(DataValue value)
    {
        Assert.True(Field(value, "count").AsInteger() >= 1);
        Assert.True(Field(value, "memory").AsInteger() > 0);
    }
}

public sealed class TemperatureSamplerTests : MissingThingSuite
{
    public TemperatureSamplerTests()
    {
        Add("hwmon0", "cpu_thermal", ("temp1_input", "48312"));
        Add("hwmon1", "coretemp", ("temp1_input", "51000"), ("temp1_label", "Package id 0"), ("temp2_input", "-1500"), ("fan1_input", "900"));
        Add("hwmon2", "nvme", ("temp1_input", "33850"));
        Add("hwmon3", "nvme", ("temp1_input", "asleep"));
    }

    protected override SamplerContext Good => Of("temp.sensor") with { KernelFolder = Folder.Root };

    protected override SamplerContext Bad => Of("temp.sensor") with { KernelFolder = Folder["nothing"] };

    [SkippableFact]
    public async Task An_argument_selects_a_sensor()
    {
        using ISampler sampler = Open(Good with { Argument = "coretemp_Package id 0" });
        Assert.Equal(51, (await sampler.SampleAsync(Some.NoToken)).AsDouble());
    }

    [SkippableFact]
    public async Task An_unknown_sensor_is_an_error_with_the_names_of_all()
    {
        using ISampler sampler = Open(Good with { Argument = "gpu" });
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => sampler.SampleAsync(Some.NoToken).AsTask());
        Assert.Equal("There is no temperature sensor 'gpu'. Available: coretemp_Package id 0, coretemp_temp2, cpu_thermal, nvme, nvme_2.", error.Message);
    }

    /// <summary>The fourth has no number: it does not keep the others from being read.</summary>
    protected override void Check(DataValue value)
        => Assert.Equal("""{"coretemp_Package id 0":51.0,"coretemp_temp2":-1.5,"cpu_thermal":48.312,"nvme":33.85}""", value.ToJson());

    private void Add(string chip, string name, params (string File, string Text)[] files)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder.Root, "class", "hwmon", chip)).FullName;
        foreach ((string file, string text) in files.Append(("name", name)))
        {
            File.WriteAllText(Path.Combine(folder, file), text + "\n");
        }
    }
}
