using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Tests.Polling.Samplers;

/// <summary>Queries of a real PostgreSQL with its own package and through ODBC.</summary>
public sealed class SqlServerSamplerTests(PostgresServer server) : MissingThingSuite, IClassFixture<PostgresServer>
{
    private const string Password = "sesame-7391";
    private readonly ClosedPort _closed = new();

    protected override SamplerContext Good => Of("sql.value", $"postgresql:{server.ConnectionString("postgres")} | SELECT 2 AS n, 4.5::numeric AS total, true AS ok, NULL AS none");

    protected override SamplerContext Bad => Of("sql.value", $"postgresql:Host=127.0.0.1;Port={_closed.Authority.Split(':')[1]};Username=me;Password={Password} | SELECT 1");

    protected override void Check(DataValue value) => Assert.Equal("""{"n":2,"total":4.5,"ok":true,"none":null}""", value.ToJson());

    protected override Task PrepareAsync()
    {
        server.SkipWhenMissing();
        return Task.CompletedTask;
    }

    public override void Dispose()
    {
        _closed.Dispose();
        base.Dispose();
    }

    [SkippableTheory]
    [InlineData("SELECT 12345678901234567890::numeric", "12345678901234567890")]
    [InlineData("SELECT 'a€'::text", "\"a€\"")]
    [InlineData("SELECT 1.5::real", "1.5")]
    [InlineData("SELECT '2026-03-01 12:00:00+00'::timestamptz", "\"2026-03-01T12:00:00.0000000Z\"")]
    [InlineData("SELECT i FROM generate_series(1, 1000) AS i", "1")]
    public async Task Each_type_of_PostgreSQL_has_a_value(string query, string expected)
    {
        server.SkipWhenMissing();
        Assert.Equal(expected, (await ValueAsync($"postgresql:{server.ConnectionString("postgres")} | {query}")).ToJson());
    }

    [SkippableTheory]
    [InlineData("SELECT 'NaN'::float8", "which is not a number")]
    [InlineData("SELECT NULL", "gives NULL")]
    [InlineData("SELECT 1 WHERE false", "gives no row")]
    [InlineData("SELECT '\\x01'::bytea", "gives bytes")]
    [InlineData("CREATE TABLE cdb(i int)", "read-only transaction")]
    [InlineData("SELEC 1", "syntax error")]
    public async Task Queries_without_a_value_and_writing_ones_are_errors(string query, string message)
    {
        server.SkipWhenMissing();
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => ValueAsync($"postgresql:{server.ConnectionString("postgres")} | {query}"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_restart_of_the_server_costs_one_measurement()
    {
        server.SkipWhenMissing();
        using ISampler sampler = SamplerCatalog.Open(Good);
        Check(await sampler.SampleAsync(Some.NoToken));
        server.Execute("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
        await Assert.ThrowsAsync<SampleException>(() => sampler.SampleAsync(Some.NoToken).AsTask());
        Check(await sampler.SampleAsync(Some.NoToken));
    }

    [SkippableTheory]
    [InlineData("postgresql")]
    [InlineData("odbc")]
    public async Task A_long_query_ends_with_the_time_limit(string kind)
    {
        server.SkipWhenMissing();
        using CancellationTokenSource limit = new();
        using ISampler sampler = SamplerCatalog.Open(Of("sql.value", $"{kind}:{(kind == "odbc" ? Odbc : server.ConnectionString("postgres"))} | SELECT pg_sleep(600), 'waits {kind}'"));
        Task<DataValue> asked = Task.Run(() => sampler.SampleAsync(limit.Token).AsTask());
        await Task.Run(() => SpinWait.SpinUntil(() => server.Execute("postgres", $"SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%''waits {kind}''%' AND pid <> pg_backend_pid() AND state = 'active'") != "0", Patience));
        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked.WaitAsync(Patience));
    }

    [SkippableFact]
    public async Task ODBC_reads_the_first_row()
    {
        server.SkipWhenMissing();
        Assert.Equal("""{"n":2,"t":"a"}""", (await ValueAsync($"odbc:{Odbc} | SELECT 2 AS n, 'a' AS t")).ToJson());
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => ValueAsync($"odbc:{Odbc} | SELECT x FROM nothing"));
        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("odbc:Driver=No Such;Server=127.0.0.1;PWD=sesame-7391 | SELECT 1", "127.0.0.1")]
    [InlineData("sqlserver:Server=127.0.0.1,{0};User ID=me;Password=sesame-7391;Connect Timeout=5;Encrypt=false | SELECT 1", "127.0.0.1,")]
    [InlineData("""{{"postgresql": "Host=127.0.0.1;Port={0};Username=me", "password": "sesame-7391", "query": "SELECT 1"}}""", "127.0.0.1:")]
    public async Task An_unreachable_server_is_named_without_the_password(string argument, string place)
    {
        SampleException error = await Assert.ThrowsAsync<SampleException>(() => ValueAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, argument, _closed.Authority.Split(':')[1])));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql:Port=sesame | SELECT 1", "The connection string for postgresql is not valid")]
    [InlineData("sqlserver:=sesame | SELECT 1", "The connection string for sqlserver is not valid")]
    [InlineData("sesame", "is not FILE | QUERY")]
    [InlineData("postgresql: | SELECT 1", "connection string is missing")]
    [InlineData("""{"oracle": "x", "query": "SELECT 1"}""", "no member 'oracle'")]
    [InlineData("""{"odbc": "x"}""", "needs the text query")]
    [InlineData("""{"sqlite": "x", "query": "SELECT 1", "password": "sesame"}""", "not for SQLite")]
    public void A_wrong_argument_is_refused(string argument, string message)
    {
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => SamplerCatalog.Open(Of("sql.value", argument)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", error.Message, StringComparison.Ordinal);
    }

    private string Odbc => $"Driver=PostgreSQL Unicode;Server=127.0.0.1;Port={server.Port};Database=postgres;UID=tester";

    private static async Task<DataValue> ValueAsync(string argument)
    {
        using ISampler sampler = SamplerCatalog.Open(Of("sql.value", argument));
        return await sampler.SampleAsync(Some.NoToken).AsTask().WaitAsync(Patience);
    }
}
