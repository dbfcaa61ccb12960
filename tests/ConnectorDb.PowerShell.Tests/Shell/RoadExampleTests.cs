using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Shell;

/// <summary>The example of datasets, on a store of the test.</summary>
public sealed class RoadExampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_example_loads_two_series_and_makes_datasets_of_them_and_a_second_run_shows_the_same()
    {
        var store = _folder.File("store.cdb");

        var first = Run(store);
        var second = Run(store);

        Assert.Matches(@"me/road/speed\s+451\s", first.Output);
        Assert.Matches(@"Timestamp\s+mean slowest filled\s", first.Output);
        Assert.Matches(@"83[.,]1(7|67)\s+73[.,]00+\s+5[.,]134?\s", first.Output);
        Assert.Matches(@"Timestamp\s+x speed\s", first.Output);
        Assert.Equal(first.Output, second.Output);
    }

    private static ShellExit Run(string store)
    {
        var exit = ShellProcess.Run("docs/examples/road.ps1", "-Path", store);
        Assert.Empty(exit.Error);
        Assert.Equal(0, exit.Code);
        return exit;
    }
}
