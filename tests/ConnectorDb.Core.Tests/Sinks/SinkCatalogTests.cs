using ConnectorDb.Core.Sinks;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Sinks;

public sealed class SinkCatalogTests
{
    [Fact]
    public void Every_type_of_settings_has_a_sink()
        => Assert.Equal(
            typeof(SinkSettings).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SinkSettings)) && !type.IsAbstract).Select(type => type.Name).Order(),
            SinkCatalog.Settings.Select(type => type.Name).Order());

    public static TheoryData<SinkSettings> WithLogin => new(
        new ConnectorDbSettings { Url = "https://me:sesame@house.example" },
        new InfluxDbSettings { Url = "http://me:sesame@house.example:8086", Database = "d" },
        new MqttSettings { Url = "mqtt://me:sesame@house.example" },
        new GrafanaSettings { Url = "http://me:sesame@house.example", Token = new SecretText("t") },
        new InitialStateSettings { Url = "http://me:sesame@house.example", BucketKey = "b", AccessKey = new SecretText("t") });

    [Theory]
    [MemberData(nameof(WithLogin))]
    public void An_address_with_a_password_is_rejected_without_repeating_it(SinkSettings settings)
    {
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => SinkCatalog.Open(settings, new SinkContext { Connect = _ => throw new InvalidOperationException() }));
        Assert.Contains("house.example", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", error.Message, StringComparison.Ordinal);
    }
}
