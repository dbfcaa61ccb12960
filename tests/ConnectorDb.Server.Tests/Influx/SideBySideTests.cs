using System.Globalization;
using System.Text;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Influx;

/// <summary>The same lines and the same queries for this server and a real InfluxDB.</summary>
public sealed class SideBySideTests(SideBySideTests.Pair pair) : IClassFixture<SideBySideTests.Pair>
{
    private const string Range = "time >= 1596240000s AND time < 1596243600s";
    private const double Tolerance = 1e-9;

    private static readonly string[] s_functions =
    [
        "mean(v)", "sum(v)", "count(v)", "min(v)", "max(v)", "first(v)", "last(v)", "median(v)", "spread(v)", "stddev(v)", "percentile(v, 90), percentile(v, 60)", "distinct(v)", "count(distinct(v))",
        "mean(n)", "sum(n)", "min(n)", "max(n)", "median(n)", "first(n)", "last(s)", "count(s)", "count(b)", "first(b)", "top(v, 2)", "bottom(n, 3)",
        "max(v) - min(v)", "mean(v) / 100", "sum(n) % 7", "round(mean(v))", "mean(v), max(n), count(s)",
    ];

    private static readonly string[] s_transforms = ["derivative({0}, 1m)", "non_negative_derivative({0}, 1s)", "difference({0})", "non_negative_difference({0})", "moving_average({0}, 3)", "cumulative_sum({0})", "elapsed({0}, 1s)"];

    private static readonly string[] s_statements =
    [
        "SHOW MEASUREMENTS", "SHOW FIELD KEYS", "SHOW TAG KEYS", "SHOW TAG VALUES WITH KEY = host", "SHOW TAG VALUES WITH KEY =~ /o/ WHERE region = 'eu'", "SHOW SERIES", "SHOW SERIES WHERE host = 'a'",
        "SHOW SERIES CARDINALITY", "SHOW TAG KEY CARDINALITY", "SHOW FIELD KEYS FROM m LIMIT 2",
        "SELECT * FROM m LIMIT 20", "SELECT * FROM m ORDER BY time DESC LIMIT 20 OFFSET 3", "SELECT v, n FROM m WHERE host = 'a' AND (n > 10 OR b = true) LIMIT 10",
        "SELECT v FROM m WHERE s =~ /x|y/ AND host != 'b'", "SELECT v FROM m GROUP BY host, region SLIMIT 2 SOFFSET 1 LIMIT 3", "SELECT v, host FROM m WHERE v > 5 GROUP BY region LIMIT 7",
        "SELECT v + n, v * 2, n / 0, -v FROM m WHERE host = 'b' LIMIT 9", "SELECT v FROM m WHERE region = '' LIMIT 5", "SELECT last(v), host FROM m GROUP BY region", "SELECT max(v), n, s FROM m",
        "SELECT v FROM m, other WHERE time > 1596240100s LIMIT 4", "SELECT * FROM /o/ LIMIT 3", "SELECT mean(v) FROM nothing", "SELECT nothing FROM m", "SELECT v::integer, n::float FROM m LIMIT 5",
        "SELECT integral(v, 1m) FROM m WHERE host = 'a'", "SELECT integral(v) FROM m WHERE host = 'a' AND time >= 1596240000s AND time < 1596241200s GROUP BY time(2m)",
        "SELECT mean(a) FROM (SELECT max(v) AS a FROM m WHERE time >= 1596240000s AND time < 1596243600s GROUP BY time(5m), host) GROUP BY host",
        "SELECT sum(a) FROM (SELECT mean(v) AS a FROM m GROUP BY host)", "SELECT top(v, host, 2) FROM m",
        "SELECT mean(*) FROM m", "SELECT mean(*) + 1 FROM m", "SELECT abs(max(/v/)) FROM m", "SELECT count(*) FROM m GROUP BY host", "SELECT last(/^[vn]$/) FROM m", "SELECT v FROM m fill(none)", "SELECT mean(s) FROM m", "SELECT mean(v), n FROM m",
        "SELECT v FROM m WHERE time > now() - 1h", "SELECT count(v) FROM m WHERE time >= '2020-08-01' AND time < '2020-08-02' GROUP BY time(6h) tz('America/New_York')",
        "SELECT mean(v) FROM m WHERE time >= '2020-08-01 00:10:00' AND time <= '2020-08-01T00:30:00Z' GROUP BY time(7m, 2m) fill(0)",
        "SELECT v FROM m WHERE", "SELECT v FRM m", "SELECT v FROM m WHERE host =", "SELECT v FROM m GROUP BY time(1m)", "SHOW TAG VALUES", "SELECT v FROM m LIMIT x", "SELECT mean(v FROM m", "SELECT v FROM m; SELECT n FROM m WHERE host = 'c' LIMIT 2",
    ];

    public static TheoryData<string> Statements =>
    [
        .. s_statements,
        .. from function in s_functions from clauses in ClausesOf(function) select $"SELECT {function} FROM m WHERE {Range} {clauses}",
        .. from transform in s_transforms from name in (string[])["v", "n"] select $"SELECT {string.Format(CultureInfo.InvariantCulture, transform, name)} FROM m WHERE host = 'a' AND {Range} GROUP BY region",
        .. from transform in s_transforms
           from inner in (string[])["mean(v)", "max(n)"]
           from fill in (string[])["", "fill(none)", "fill(0)", "fill(previous)"]
           select $"SELECT {string.Format(CultureInfo.InvariantCulture, transform, inner)} FROM m WHERE {Range} GROUP BY time(4m), host {fill}",
    ];

    [SkippableTheory]
    [MemberData(nameof(Statements))]
    public async Task A_statement_has_the_same_answer(string statement)
    {
        pair.Influx.SkipWhenMissing();
        (int Status, string Body) theirs = await Pair.QueryAsync(pair.Theirs, statement);

        (int Status, string Body) ours = await Pair.QueryAsync(pair.Ours, statement);

        Assert.Equal(theirs.Status, ours.Status);
        using JsonDocument expected = JsonDocument.Parse(theirs.Body);
        using JsonDocument actual = JsonDocument.Parse(ours.Body);
        Assert.True(AreEqual(expected.RootElement, actual.RootElement), $"InfluxDB: {theirs.Body}\nours:     {ours.Body}");
    }

    private static IEnumerable<string> ClausesOf(string function)
    {
        bool isRow = function.StartsWith("top", StringComparison.Ordinal) || function.StartsWith("bottom", StringComparison.Ordinal) || function.StartsWith("distinct", StringComparison.Ordinal);
        yield return "";
        yield return "AND host =~ /a|b/ GROUP BY host";
        yield return "AND n > 20 GROUP BY time(10m), *";
        yield return "GROUP BY time(13m), region fill(none) ORDER BY time DESC";
        if (!isRow)
        {
            yield return "GROUP BY time(3m)";
            yield return "AND host = 'c' GROUP BY time(2m) fill(previous)";
            yield return "GROUP BY time(5m, 90s), host fill(-1.5) LIMIT 6 OFFSET 2";
        }
    }

    /// <summary>Numbers are compared by value: sums are added in another order, so that their last digits may differ.</summary>
    private static bool AreEqual(JsonElement left, JsonElement right) => (left.ValueKind, right.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => Math.Abs(left.GetDouble() - right.GetDouble()) <= Tolerance * Math.Max(1, Math.Abs(left.GetDouble())),
        (JsonValueKind.Array, JsonValueKind.Array) => left.GetArrayLength() == right.GetArrayLength() && left.EnumerateArray().Zip(right.EnumerateArray()).All(both => AreEqual(both.First, both.Second)),
        (JsonValueKind.Object, JsonValueKind.Object) => left.EnumerateObject().Count() == right.EnumerateObject().Count()
            && left.EnumerateObject().All(member => right.TryGetProperty(member.Name, out JsonElement other) && AreEqual(member.Value, other)),
        _ => left.GetRawText() == right.GetRawText(),
    };

    /// <summary>The two servers, with the same lines.</summary>
    public sealed class Pair : IAsyncLifetime
    {
        private RunningServer? _server;

        public InfluxServer Influx { get; } = new();

        public HttpClient Ours { get; private set; } = new();

        public HttpClient Theirs { get; private set; } = new();

        public async Task InitializeAsync()
        {
            await Influx.InitializeAsync();
            if (Influx.Url.Length == 0)
            {
                return;
            }

            _server = await RunningServer.StartAsync();
            Ours = new HttpClient { BaseAddress = _server.Address };
            Ours.DefaultRequestHeaders.Authorization = RunningServer.Basic("", _server.OwnerKey);
            Theirs = new HttpClient { BaseAddress = new Uri(Influx.Url) };
            await QueryAsync(Theirs, "CREATE DATABASE d");
            foreach (HttpClient http in (HttpClient[])[Ours, Theirs])
            {
                using HttpResponseMessage written = await http.PostAsync("/write?db=d&precision=s", new StringContent(Lines()));
                Assert.Equal(204, (int)written.StatusCode);
            }
        }

        public static async Task<(int Status, string Body)> QueryAsync(HttpClient http, string statement)
        {
            using FormUrlEncodedContent form = new([new("q", statement), new("db", "d"), new("epoch", "ms")]);
            using HttpResponseMessage answer = await http.PostAsync("/query", form);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        public async Task DisposeAsync()
        {
            Ours.Dispose();
            Theirs.Dispose();
            Influx.Dispose();
            if (_server is not null)
            {
                await _server.DisposeAsync();
            }
        }

        /// <summary>Quarters, so that sums are exact; gaps, equal times of series, and fields that some points lack.</summary>
        private static string Lines()
        {
            StringBuilder lines = new();
            for (int i = 0; i < 400; i++)
            {
                string tags = (i % 3) switch { 0 => "host=a,region=eu", 1 => "host=b,region=us", _ => "host=c" };
                long time = 1_596_240_000 + (i / 3 * 23) + (i is > 120 and < 200 ? 240 : 0) + (i % 3 == 2 ? i % 5 : 0);
                lines.Append(CultureInfo.InvariantCulture, $"m,{tags} v={((i * 37) % 101) / 4.0}");
                lines.Append(i % 4 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $",n={((i * 53) % 97) - 30}i"));
                lines.Append(i % 5 == 0 ? $",s=\"{"xyz"[i % 3]}{i % 2}\"" : "").Append(i % 7 == 0 ? $",b={(i % 2 == 0 ? "t" : "f")}" : "");
                lines.Append(CultureInfo.InvariantCulture, $" {time}\n");
            }

            return lines.Append("other,host=a v=1 1596240000\nother,host=a v=2.5 1596240200\nother v=7 1596240300\n").ToString();
        }
    }
}
