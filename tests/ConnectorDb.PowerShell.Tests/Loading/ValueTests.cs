using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Loading;

public sealed class ValueTests : ModuleTest
{
    [Fact]
    public void Pipeline_objects_convert_to_datapoints()
    {
        ScriptResult result = Run("""
            1..2 | ForEach-Object { [ConnectorDb.Datapoint]::new([DateTimeOffset]::UnixEpoch, @{ a = $_; b = @($_, 'x') }).GetValue().ToJson() }
            """);

        Assert.Empty(result.Errors);
        Assert.All(result.Output, json => Assert.Contains("\"b\":[", json!.ToString(), StringComparison.Ordinal));
        Assert.Equal(2, result.Output.Count);
    }
}
