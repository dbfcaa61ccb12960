using System.Diagnostics;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Polling.Samplers;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

public sealed class ServiceSamplerTests
{
    private static SamplerContext Context => new() { Key = "service.state", Argument = "ssh" };

    /// <summary>The output of systemctl 252 for a running, a failed and a missing service.</summary>
    [Theory]
    [InlineData("LoadState=loaded ActiveState=active SubState=running NRestarts=2", """{"running":true,"state":"active","detail":"running","restarts":2}""")]
    [InlineData("LoadState=loaded ActiveState=failed SubState=failed NRestarts=0", """{"running":false,"state":"failed","detail":"failed","restarts":0}""")]
    [InlineData("LoadState=masked ActiveState=inactive SubState=dead", """{"running":false,"state":"inactive","detail":"dead"}""")]
    [InlineData("LoadState=not-found ActiveState=inactive SubState=dead NRestarts=0", null)]
    [InlineData("", null)]
    public void The_state_is_that_of_systemd_and_an_unknown_service_is_an_error_with_its_name(string properties, string? expected)
    {
        using ServiceSampler sampler = new(Context);
        Dictionary<string, string> given = properties.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split('=')).ToDictionary(each => each[0], each => each[1]);
        if (expected is null)
        {
            Assert.Contains("There is no service 'ssh' on this machine", Assert.Throws<SampleException>(() => sampler.Read(given)).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(expected, sampler.Read(given).ToJson());
        }
    }

    /// <summary>Also where systemd does not run, as in a container.</summary>
    [SkippableFact]
    public async Task The_error_for_an_unknown_service_of_this_machine_has_its_name()
    {
        Skip.If(OperatingSystem.IsMacOS(), "It is for Linux and Windows.");
        using ISampler sampler = SamplerCatalog.Open(Context with { Argument = "cdb-no-such-service" });
        CdbException error = await Assert.ThrowsAnyAsync<CdbException>(() => sampler.SampleAsync(Some.NoToken).AsTask());
        Assert.Contains(OperatingSystem.IsLinux() && !File.Exists("/usr/bin/systemctl") ? "no systemd" : "'cdb-no-such-service'", error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("--now")]
    [InlineData("a b")]
    [InlineData("ss*")]
    public void A_name_that_is_none_is_refused(string name)
    {
        Skip.If(OperatingSystem.IsMacOS(), "It is for Linux and Windows.");
        Assert.Contains("is not the name of a service", Assert.Throws<InvalidValueException>(() => SamplerCatalog.Open(Context with { Argument = name })).Message, StringComparison.Ordinal);
    }
}

/// <summary>Journals that systemd's own program writes.</summary>
public sealed class JournalSamplerTests : SamplerSuite
{
    private const string Writer = "/lib/systemd/systemd-journal-remote";
    private int _entries;

    protected override SamplerContext Good => Of("journal", $"folder {Folder.Root}");

    protected override void Check(DataValue value) => Assert.Equal(0, value.AsInteger());

    protected override Task PrepareAsync() => WriteAsync(("kernel", 3, "begin"));

    [SkippableFact]
    public async Task Only_new_entries_that_match_are_counted()
    {
        await WriteAsync(("ssh", 3, "Failed password for root"));
        using ISampler all = Open(Good), failed = Open(Of("journal", $"folder {Folder.Root} | SYSLOG_IDENTIFIER=ssh | grep Failed password")), errors = Open(Of("journal", $"priority err | folder {Folder.Root}"));
        ISampler[] samplers = [all, failed, errors];
        Assert.Equal("0 0 0", await CountAsync(samplers));
        Assert.Equal("0 0 0", await CountAsync(samplers));
        await WriteAsync(("ssh", 6, "Failed password for me"), ("cron", 3, "Failed password"), ("ssh", 6, "Accepted"));
        Assert.Equal("3 1 1", await CountAsync(samplers));
        await WriteAsync(("ssh", 3, "Failed password again"));
        Assert.Equal("1 1 1", await CountAsync(samplers));
        Assert.Equal("0 0 0", await CountAsync(samplers));
    }

    [SkippableFact]
    public async Task A_query_that_journalctl_refuses_is_an_error_with_its_reason()
    {
        await WriteAsync(("kernel", 3, "begin"));
        using ISampler sampler = Open(Of("journal", $"folder {Folder.Root} | priority loud"));
        await sampler.SampleAsync(Some.NoToken);
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => sampler.SampleAsync(Some.NoToken).AsTask());
        Assert.Contains("refuses the query", error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("--vacuum-size=1")]
    [InlineData("unit")]
    [InlineData("lower=1")]
    public void A_part_that_is_none_is_refused(string argument)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "It is for Linux.");
        Assert.Contains("is not a part of a query", Assert.Throws<InvalidValueException>(() => SamplerCatalog.Open(Of("journal", argument))).Message, StringComparison.Ordinal);
    }

    private static async Task<string> CountAsync(ISampler[] samplers)
    {
        List<long> counts = [];
        foreach (ISampler sampler in samplers)
        {
            counts.Add((await sampler.SampleAsync(Some.NoToken)).AsInteger());
        }

        return string.Join(' ', counts);
    }

    /// <summary>Writes entries to the journal, in the format of journalctl --output=export.</summary>
    private async Task WriteAsync(params (string Identifier, int Priority, string Message)[] entries)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists(Writer), "The package 'systemd-journal-remote' is needed.");
        using Process process = Process.Start(new ProcessStartInfo(Writer, ["--output", Folder["all.journal"], "-"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        foreach ((string identifier, int priority, string message) in entries)
        {
            long time = 1_772_323_200_000_000 + (++_entries * 1_000_000L);
            await process.StandardInput.WriteAsync($"__REALTIME_TIMESTAMP={time}\n__MONOTONIC_TIMESTAMP={time}\n_BOOT_ID=0123456789abcdef0123456789abcdef\nSYSLOG_IDENTIFIER={identifier}\nPRIORITY={priority}\nMESSAGE={message}\n\n");
        }

        process.StandardInput.Close();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
    }
}
