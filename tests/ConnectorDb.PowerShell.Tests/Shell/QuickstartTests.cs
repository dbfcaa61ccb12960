using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Shell;

/// <summary>The README's first command, on a store of the test.</summary>
public sealed class QuickstartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_quickstart_measures_shows_and_keeps_and_a_second_run_goes_on()
    {
        var store = _folder.File("store.cdb");

        var first = Run(store);
        var second = Run(store);

        foreach (var stream in new[] { "cpu", "memory", "disk", "ping" })
        {
            Assert.Matches($@"me/quickstart/{stream}\s+8\s", first.Output);
            Assert.Matches($@"me/quickstart/{stream}\s+16\s", second.Output);
        }

        Assert.Matches(@"Timestamp\s+CPU %\s+Memory MB\s+Ping ms", first.Output);
        Assert.Contains(store, first.Output, StringComparison.Ordinal);
    }

    private static ShellExit Run(string store)
    {
        var exit = ShellProcess.Run("docs/examples/quickstart.ps1", "-Path", store, "-Seconds", "4");
        Assert.Empty(exit.Error);
        Assert.Equal(0, exit.Code);
        return exit;
    }
}
