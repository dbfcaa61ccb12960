using System.Text;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Influx;

public sealed class LargeResultTests
{
    private const int Points = 100_000;

    [Fact]
    public async Task A_result_of_megabytes_comes_to_its_end_in_each_form()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        using (HttpResponseMessage written = await http.PostAsync("/write?db=d&precision=s", new StringContent(string.Concat(Enumerable.Range(1, Points).Select(i => $"m v={i} {i}\n")))))
        {
            written.EnsureSuccessStatusCode();
        }

        foreach ((string form, string accept, string row, string end) in ((string, string, string, string)[])
        [
            ("", "application/json", $"[{Points},{Points}]", "]}]},{\"statement_id\":1}]}\n"),
            ("&pretty=true", "application/json", $"{Points}", "}\n"),
            ("&chunked=true", "application/json", $"[{Points},{Points}]", "{\"results\":[{\"statement_id\":1}]}\n"),
            ("", "text/csv", $"m,,{Points},{Points}\n", $"{Points}\n"),
        ])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, $"/query?db=d&epoch=s&q=SELECT+v+FROM+m;SELECT+v+FROM+none{form}");
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using HttpResponseMessage response = await http.SendAsync(request);
            string text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync());
            Assert.Equal(accept, response.Content.Headers.ContentType?.ToString());
            Assert.Contains(row, text, StringComparison.Ordinal);
            Assert.EndsWith(end, text, StringComparison.Ordinal);
        }
    }
}
