using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

public sealed class ScriptFileSamplerTests : MissingThingSuite
{
    /// <summary>The pwsh of the tests, which is not in the path where it is a .NET tool.</summary>
    static ScriptFileSamplerTests()
    {
        if (!OperatingSystem.IsWindows())
        {
            string folder = Directory.CreateTempSubdirectory("cdb-test-pwsh-").FullName;
            string program = Path.Combine(folder, "pwsh");
            File.WriteAllText(program, $"#!/bin/sh\nexec {string.Join(' ', Pwsh.Command.Select(word => $"'{word}'"))} \"$@\"\n");
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Environment.SetEnvironmentVariable("PATH", $"{folder}:{Environment.GetEnvironmentVariable("PATH")}");
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        }
    }

    protected override SamplerContext Good => Of("script", Script("good.ps1", "'noise'; @{ temp = 21.5; room = $args[0] }") + " | attic");

    protected override SamplerContext Bad => Of("script", Folder["none.ps1"]);

    protected override void Check(DataValue value)
    {
        Assert.Equal(21.5, Field(value, "temp").AsDouble());
        Assert.Equal("attic", Field(value, "room").AsText());
    }

    [Theory]
    [InlineData("throw 'no freezer'", "no freezer")]
    [InlineData("Get-Item Env:NoSuchPlace", "NoSuchPlace")]
    [InlineData("", "has no output")]
    [InlineData("exit 3", "has no output|ended with exit code")]
    public async Task A_script_that_fails_is_an_error_with_its_reason(string script, string reason)
    {
        using ISampler sampler = SamplerCatalog.Open(Of("script", Script("bad.ps1", script)));
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => sampler.SampleAsync(Some.NoToken).AsTask().WaitAsync(Patience));
        Assert.Matches(reason, error.Message);
    }

    [SkippableFact]
    public async Task An_executable_file_is_run_without_PowerShell()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        using ISampler sampler = SamplerCatalog.Open(Of("script", Script("value.sh", "#!/bin/sh\necho $(( $1 * 2 ))", UnixFileMode.UserExecute) + " | 21"));
        Assert.Equal(42, (await sampler.SampleAsync(Some.NoToken).AsTask().WaitAsync(Patience)).AsInteger());
    }

    [SkippableTheory]
    [InlineData(UnixFileMode.GroupWrite, true)]
    [InlineData(UnixFileMode.OtherWrite, true)]
    [InlineData(UnixFileMode.OtherWrite, false)]
    public async Task A_script_that_others_may_write_is_not_run(UnixFileMode mode, bool isFile)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new SkipException("Windows has no modes of files.");
        }

        string path = Script("open.sh", $"#!/bin/sh\ntouch '{Folder["ran"]}'\necho 1", UnixFileMode.UserExecute);
        string place = isFile ? path : Folder.Root;
        File.SetUnixFileMode(place, File.GetUnixFileMode(place) | mode);
        using ISampler sampler = SamplerCatalog.Open(Of("script", path));
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => sampler.SampleAsync(Some.NoToken).AsTask());
        Assert.Contains($"other accounts may write '{place}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("chmod go-w", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Folder["ran"]));
    }

    [SkippableFact]
    public async Task Endless_output_is_an_error()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        using ISampler sampler = SamplerCatalog.Open(Of("script", Script("endless.sh", "#!/bin/sh\nyes 0123456789", UnixFileMode.UserExecute)));
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => sampler.SampleAsync(Some.NoToken).AsTask().WaitAsync(Patience));
        Assert.Contains("wrote more than", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_path_is_refused()
        => Assert.Contains("is not the full path of a script", Assert.Throws<InvalidValueException>(() => SamplerCatalog.Open(Of("script", "freezer.ps1"))).Message, StringComparison.Ordinal);

    private string Script(string name, string text, UnixFileMode mode = UnixFileMode.None)
    {
        File.WriteAllText(Folder[name], text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Folder[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | mode);
        }

        return Folder[name];
    }
}
