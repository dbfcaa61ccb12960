using ConnectorDb.Core.Charts.Web;

namespace ConnectorDb.Core.Tests.Charts.Web;

public sealed class WebResourceTests
{
    [Fact]
    public void ECharts_is_in_the_assembly()
    {
        using StreamReader script = new(WebResource.OpenECharts());
        Assert.Contains("6.0.0", script.ReadToEnd(), StringComparison.Ordinal);
    }
}
