using System.Management.Automation;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Data;

public sealed class AddCdbDatapointTests : ModuleTest
{
    public AddCdbDatapointTests()
    {
        Connect();
        Get("New-CdbStream number -Schema number");
    }

    [Fact]
    public void Values_of_a_slow_producer_are_stored_while_the_pipeline_is_idle()
    {
        // The producer goes on only when its first value can be read, which happens while the pipe is idle.
        var result = Get("""
            & {
                1
                $watch = [Diagnostics.Stopwatch]::StartNew()
                while ((Get-CdbStream number).Datapoints -eq 0 -and $watch.Elapsed.TotalSeconds -lt 60) { }
                (Get-CdbStream number).Datapoints
            } | Add-CdbDatapoint number
            """);

        Assert.Empty(result);
        Assert.Equal([1L, 1L], Data("number"));
    }

    [Fact]
    public void Received_values_are_stored_when_the_pipeline_is_stopped()
    {
        using var session = NewSession();
        session.Get("Connect-Cdb $Store");
        using var pipeline = session.Start("& { 1; 2; $Started.Set(); while ($true) { } } | Add-CdbDatapoint number");
        using ManualResetEventSlim started = new();
        session.Set("Started", started);
        var running = pipeline.BeginInvoke();
        Assert.True(started.Wait(TimeSpan.FromSeconds(60)));
        pipeline.Stop();
        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(running));

        Assert.Equal([1L, 2L], Data("number"));
    }

    private IEnumerable<object?> Data(string stream) => Get($"Get-CdbDatapoint {stream} | ForEach-Object Data").Select(o => o?.BaseObject);
}
