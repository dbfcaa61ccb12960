using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Influx;

/// <summary>Databases of clients of InfluxDB that have no points yet.</summary>
public sealed class DatabaseTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_created_database_is_there_without_points_until_it_is_dropped()
    {
        using HttpClient http = Http(fixture.Server.OwnerKey);

        Assert.Equal("""{"results":[{"statement_id":0},{"statement_id":1}]}""", await QueryAsync(http, "CREATE DATABASE \"to come*\"; CREATE DATABASE \"to come*\""));

        Assert.Contains("[\"to come*\"]", await QueryAsync(http, "SHOW DATABASES"), StringComparison.Ordinal);
        Assert.Equal("""{"results":[{"statement_id":0},{"statement_id":1}]}""", await QueryAsync(http, "SHOW SERIES ON \"to come*\"; SELECT * FROM \"to come*\"..air"));
        Assert.Contains("""["autogen","0s","168h0m0s",1,true]""", await QueryAsync(http, "SHOW RETENTION POLICIES ON \"to come*\""), StringComparison.Ordinal);

        Assert.Equal("""{"results":[{"statement_id":0}]}""", await QueryAsync(http, "DROP DATABASE \"to come*\""));

        Assert.DoesNotContain("to come*", await QueryAsync(http, "SHOW DATABASES"), StringComparison.Ordinal);
        Assert.Contains("database not found: to come*", await QueryAsync(http, "SHOW SERIES ON \"to come*\""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_with_points_is_not_dropped()
    {
        using HttpClient http = Http(fixture.Server.OwnerKey);
        await QueryAsync(http, "CREATE DATABASE full");
        using HttpResponseMessage written = await http.PostAsync("write?db=full", new StringContent("air temp=1 1596240000000000000"));
        Assert.Equal(204, (int)written.StatusCode);

        Assert.Contains("DROP DATABASE is not supported", await QueryAsync(http, "DROP DATABASE full"), StringComparison.Ordinal);

        Assert.Contains("[\"full\"]", await QueryAsync(http, "SHOW DATABASES"), StringComparison.Ordinal);
        Assert.Equal("""{"results":[{"statement_id":0,"series":[{"name":"measurements","columns":["name"],"values":[["air"]]}]}]}""", await QueryAsync(http, "SHOW MEASUREMENTS ON full"));
    }

    [Fact]
    public async Task A_database_needs_a_name()
    {
        using HttpClient http = Http(fixture.Server.OwnerKey);

        Assert.Equal("""{"results":[{"statement_id":0,"error":"invalid name"}]}""", await QueryAsync(http, "CREATE DATABASE \"\""));
    }

    private static async Task<string> QueryAsync(HttpClient http, string statements)
    {
        using FormUrlEncodedContent form = new([KeyValuePair.Create("q", statements)]);
        using HttpResponseMessage answer = await http.PostAsync("query", form);
        return (await answer.Content.ReadAsStringAsync()).TrimEnd('\n');
    }

    private HttpClient Http(string key)
    {
        HttpClient http = new() { BaseAddress = fixture.Server.Address };
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic("", key);
        return http;
    }
}
