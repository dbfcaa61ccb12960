using System.Globalization;
using System.Text.RegularExpressions;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Shell;

/// <summary>The README's first command, on a store of the test.</summary>
public sealed class QuickstartTests : IDisposable
{
    private const string DiskPolled = @"disk\s+system\.disk\s+00:00:01\s+[1-9]";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_quickstart_polls_sends_and_shows_and_a_second_run_goes_on()
    {
        var store = _folder.File("store.cdb");

        var first = Run(store);
        var second = Run(store);

        foreach (var stream in new[] { "cpu", "ram", "disk", "ping" })
        {
            Assert.InRange(Count(stream, second), Count(stream, first), int.MaxValue);
        }

        Assert.InRange(Count("disk", first), 1, int.MaxValue);
        Assert.InRange(Count("disk", second), Count("disk", first) + 1, int.MaxValue);
        Assert.Matches(DiskPolled, first.Output);
        Assert.Matches(@"True\s+[1-9]\d*\s+0", first.Output);
        Assert.Matches(@"Timestamp\s+CPU %\s+Memory %\s+Ping ms", first.Output);
        Assert.Contains(store, first.Output, StringComparison.Ordinal);
    }

    private static int Count(string stream, ShellExit run)
        => int.Parse(Regex.Match(run.Output, $@"me/machine/{stream}\s+(\d+)").Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>Runs it, and once more for longer where the machine was too slow to measure anything.</summary>
    private static ShellExit Run(string store)
    {
        ShellExit exit = null!;
        foreach (var seconds in (string[])["3", "15", "60"])
        {
            exit = ShellProcess.Run("docs/examples/quickstart.ps1", "-Path", store, "-Seconds", seconds);
            Assert.Empty(exit.Error);
            Assert.Equal(0, exit.Code);
            if (Regex.IsMatch(exit.Output, DiskPolled))
            {
                break;
            }
        }

        return exit;
    }
}
