using ConnectorDb.Core.Sinks;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Sinks;

public sealed class SinkCatalogTests
{
    [Fact]
    public void There_is_a_sink_for_every_kind_of_settings()
        => Assert.Equal(
            typeof(SinkSettings).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SinkSettings)) && !type.IsAbstract).Select(type => type.Name).Order(),
            SinkCatalog.Settings.Select(type => type.Name).Order());
}
