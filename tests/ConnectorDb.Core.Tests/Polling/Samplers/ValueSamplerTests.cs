using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Polling;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

public sealed class FileSamplerTests : MissingThingSuite
{
    protected override SamplerContext Good
    {
        get
        {
            File.WriteAllText(Folder["temp"], "48312\n");
            return Of("file.value", Folder["temp"]);
        }
    }

    protected override SamplerContext Bad => Of("file.value", Folder["none"]);

    [Fact]
    public async Task The_error_for_a_file_without_a_number_contains_name_and_content()
    {
        File.WriteAllText(Folder["text"], "cold");
        using ISampler sampler = SamplerCatalog.Open(Of("file.value", Folder["text"]));
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => sampler.SampleAsync(Some.NoToken).AsTask());
        Assert.Contains("'cold'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_no_stream_can_have_is_no_value()
    {
        using ISampler sampler = SamplerCatalog.Open(Of("exec.value", "echo 1e400"));
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => sampler.SampleAsync(Some.NoToken).AsTask());
        Assert.Contains("1e400, which is larger", error.Message, StringComparison.Ordinal);
    }

    protected override void Check(DataValue value) => Assert.Equal(48312, value.AsInteger());
}

public sealed class CommandSamplerTests : MissingThingSuite
{
    protected override SamplerContext Good => Of("exec.value", "echo 21.5");

    protected override SamplerContext Bad => Of("exec.value", "exit 3");

    [Theory]
    [InlineData("exit 3", "exit 3", "ended with exit code 3 and wrote nothing to standard error.")]
    [InlineData("echo no such disk>&2; exit 3", "echo no such disk>&2 & exit 3", "ended with exit code 3: no such disk")]
    public async Task The_error_of_a_failed_command_contains_its_standard_error(string forSh, string forCmd, string message)
    {
        using ISampler sampler = Sampler(forSh, forCmd);
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => sampler.SampleAsync(Some.NoToken).AsTask());
        Assert.EndsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""echo '{"a": 1}'""", """echo {"a": 1}""", """{"a":1}""")]
    [InlineData("echo 'all is well'", "echo all is well", "\"all is well\"")]
    public async Task JSON_output_is_parsed_and_other_output_is_text(string forSh, string forCmd, string json)
    {
        using ISampler sampler = Sampler(forSh, forCmd);
        Assert.Equal(json, (await sampler.SampleAsync(Some.NoToken)).ToJson());
    }

    [Fact]
    public async Task A_command_over_the_time_limit_is_killed_with_its_child_processes()
    {
        string file = Folder["pid"];
        using ISampler sampler = Sampler(
            $"sleep 600 & echo $! > '{file}.new'; mv '{file}.new' '{file}'; wait",
            $"powershell.exe -NoProfile -Command \"$PID | Set-Content '{file}.new'; Move-Item '{file}.new' '{file}'; ping.exe -n 600 127.0.0.1\"");
        using CancellationTokenSource end = new();
        Task<DataValue> asked = sampler.SampleAsync(end.Token).AsTask();
        while (!File.Exists(file) && !asked.IsCompleted)
        {
            await Task.Yield();
        }

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked.WaitAsync(Patience));
        int pid = int.Parse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(SpinWait.SpinUntil(() => IsOver(pid), Patience));
    }

    protected override void Check(DataValue value) => Assert.Equal(21.5, value.AsDouble());

    private static ISampler Sampler(string forSh, string forCmd) => SamplerCatalog.Open(Of("exec.value", OperatingSystem.IsWindows() ? forCmd : forSh));

    /// <summary>It is gone, or only waits for its parent to ask how it ended, as a zombie of Unix.</summary>
    private static bool IsOver(int pid)
    {
        try
        {
            using System.Diagnostics.Process process = System.Diagnostics.Process.GetProcessById(pid);
            return process.HasExited || (OperatingSystem.IsLinux() && Tool.Run("grep", "-q", ") Z ", $"/proc/{pid}/stat"));
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}

public sealed class SqlSamplerTests : MissingThingSuite
{
    private const string Endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

    public SqlSamplerTests()
    {
        using SqliteConnection connection = new($"Data Source={Folder["shop.db"]};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE sales(amount REAL); INSERT INTO sales VALUES (1.5), (2.5)";
        command.ExecuteNonQuery();
    }

    protected override SamplerContext Good => Query("SELECT count(*) AS n, sum(amount) AS total FROM sales");

    protected override SamplerContext Bad => Query("SELECT amount FROM sales WHERE amount > 9");

    [Theory]
    [InlineData("DELETE FROM sales")]
    [InlineData("SELECT x FROM nothing")]
    public async Task Invalid_and_writing_queries_are_errors(string query)
    {
        using ISampler sampler = SamplerCatalog.Open(Query(query));
        await Assert.ThrowsAsync<SampleException>(() => sampler.SampleAsync(Some.NoToken).AsTask());
    }

    [Fact]
    public async Task An_endless_query_is_interrupted()
    {
        using ISampler sampler = SamplerCatalog.Open(Query(Endless));
        using CancellationTokenSource end = new();
        Task<DataValue> asked = Task.Run(() => sampler.SampleAsync(end.Token).AsTask());
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked.WaitAsync(Patience));
    }

    protected override void Check(DataValue value) => Assert.Equal("""{"n":2,"total":4}""", value.ToJson().Replace("4.0", "4", StringComparison.Ordinal));

    private SamplerContext Query(string query) => Of("sql.value", $"{Folder["shop.db"]} | {query}");
}
