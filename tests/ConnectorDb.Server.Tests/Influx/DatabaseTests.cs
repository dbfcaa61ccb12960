using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Influx;

/// <summary>Databases and retention policies of clients of InfluxDB, and their deletion.</summary>
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
    public async Task A_dropped_database_leaves_no_points_and_its_name_begins_anew()
    {
        using HttpClient http = Http(fixture.Server.OwnerKey);
        await QueryAsync(http, "CREATE DATABASE full");
        await WriteAsync(http, "write?db=full", "air temp=1 1596240000000000000");
        await WriteAsync(http, "write?db=other", "air temp=2 1596240000000000000");

        Assert.Equal("""{"results":[{"statement_id":0}]}""", await QueryAsync(http, "DROP DATABASE full"));
        Assert.DoesNotContain("[\"full\"]", await QueryAsync(http, "SHOW DATABASES"), StringComparison.Ordinal);

        // The stream of another database has got the name that this one had; and the kind of the field is forgotten.
        await WriteAsync(http, "write?db=third", "air temp=3 1596240000000000000");
        await WriteAsync(http, "write?db=full", "air temp=\"warm\" 1596240000000000000");
        Assert.Contains("[[0,\"warm\"]]", (await QueryAsync(http, "SELECT temp FROM \"full\"..air")).Replace("\"2020-08-01T00:00:00Z\"", "0", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(",3]]", await QueryAsync(http, "SELECT temp FROM third..air"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_of_retention_policies_are_apart()
    {
        using HttpClient http = Http(fixture.Server.OwnerKey);
        Assert.Equal("""{"results":[{"statement_id":0},{"statement_id":1}]}""", await QueryAsync(http, "CREATE DATABASE apart; CREATE RETENTION POLICY week ON apart DURATION 7d REPLICATION 1"));
        await WriteAsync(http, "write?db=apart&precision=s", "m v=1 1");
        await WriteAsync(http, "write?db=apart&rp=week&precision=s", "m v=2 2");
        await WriteAsync(http, "api/v2/write?bucket=apart/week&precision=s", "m v=3 3");

        Assert.EndsWith("""[["1970-01-01T00:00:01Z",1]]}]}]}""", await QueryAsync(http, "SELECT v FROM apart..m"), StringComparison.Ordinal);
        Assert.EndsWith("""[["1970-01-01T00:00:02Z",2],["1970-01-01T00:00:03Z",3]]}]}]}""", await QueryAsync(http, "SELECT v FROM apart.week.m"), StringComparison.Ordinal);

        // Points without a policy belong to the default one.
        Assert.Equal("""{"results":[{"statement_id":0}]}""", await QueryAsync(http, "ALTER RETENTION POLICY week ON apart DEFAULT"));
        await WriteAsync(http, "write?db=apart&precision=s", "m v=4 4");
        Assert.EndsWith(""",["1970-01-01T00:00:04Z",4]]}]}]}""", await QueryAsync(http, "SELECT v FROM apart..m"), StringComparison.Ordinal);
        Assert.Contains("""["autogen","0s","168h0m0s",1,false],["week","168h0m0s","24h0m0s",1,true]""", await QueryAsync(http, "SHOW RETENTION POLICIES ON apart"), StringComparison.Ordinal);
        Assert.DoesNotContain("apart/week", await QueryAsync(http, "SHOW DATABASES"), StringComparison.Ordinal);

        Assert.Equal("""{"results":[{"statement_id":0}]}""", await QueryAsync(http, "DROP RETENTION POLICY week ON apart"));
        Assert.EndsWith("""[["1970-01-01T00:00:01Z",1]]}]}]}""", await QueryAsync(http, "SELECT v FROM apart..m"), StringComparison.Ordinal);
        using HttpResponseMessage refused = await http.PostAsync("write?db=apart&rp=week", new StringContent("m v=1"));
        Assert.Equal((500, """{"error":"retention policy not found: week"}"""), ((int)refused.StatusCode, (await refused.Content.ReadAsStringAsync()).TrimEnd()));
    }

    [Fact]
    public async Task A_range_of_points_is_deleted_and_late_points_come_back()
    {
        using HttpClient http = Http(fixture.Server.OwnerKey);
        await WriteAsync(http, "write?db=range&precision=s", string.Join('\n', Enumerable.Range(1, 9).Select(t => $"m,k=a v={t} {t}")) + "\nm,k=b v=5 5");

        Assert.Equal("""{"results":[{"statement_id":0}]}""", await QueryAsync(http, "DELETE FROM m WHERE k = 'a' AND time >= 3s AND time < 6s", "range"));
        Assert.Equal("""{"results":[{"statement_id":0}]}""", await QueryAsync(http, "DELETE WHERE time > 8s", "range"));
        await WriteAsync(http, "write?db=range&precision=s", "m,k=a v=-4 4");

        Assert.EndsWith(
            """[["1970-01-01T00:00:01Z",1],["1970-01-01T00:00:02Z",2],["1970-01-01T00:00:04Z",-4],["1970-01-01T00:00:06Z",6],["1970-01-01T00:00:07Z",7],["1970-01-01T00:00:08Z",8]]}]}]}""",
            await QueryAsync(http, "SELECT v FROM m WHERE k = 'a'", "range"),
            StringComparison.Ordinal);
        Assert.EndsWith("""[["m,k=a"],["m,k=b"]]}]}]}""", await QueryAsync(http, "SHOW SERIES", "range"), StringComparison.Ordinal);
        await QueryAsync(http, "DELETE WHERE time = 5s", "range");
        Assert.EndsWith("""[["m,k=a"]]}]}]}""", await QueryAsync(http, "SHOW SERIES", "range"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_deletes_only_streams_that_it_may_delete()
    {
        string user = fixture.NewName("u");
        using HttpClient owner = Http(await fixture.AddUserAsync(user));
        await WriteAsync(owner, "write?db=mine", "m v=1 1");
        using FormUrlEncodedContent form = new([KeyValuePair.Create("q", "DROP DATABASE mine")]);
        using HttpClient admin = Http(fixture.Server.OwnerKey);

        // The databases of another user are others, also for an administrator.
        using HttpResponseMessage answer = await admin.PostAsync("query", form);
        Assert.Equal(200, (int)answer.StatusCode);

        Assert.Contains("[\"mine\"]", await QueryAsync(owner, "SHOW DATABASES"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_needs_a_name()
    {
        using HttpClient http = Http(fixture.Server.OwnerKey);

        Assert.Equal("""{"results":[{"statement_id":0,"error":"invalid name"}]}""", await QueryAsync(http, "CREATE DATABASE \"\""));
    }

    private static async Task WriteAsync(HttpClient http, string path, string lines)
    {
        using HttpResponseMessage written = await http.PostAsync(path, new StringContent(lines));
        Assert.Equal((204, ""), ((int)written.StatusCode, await written.Content.ReadAsStringAsync()));
    }

    private static async Task<string> QueryAsync(HttpClient http, string statements, string database = "")
    {
        using FormUrlEncodedContent form = new([KeyValuePair.Create("q", statements), KeyValuePair.Create("db", database)]);
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
