using System.Net;
using System.Text;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Influx;

/// <summary>Requests at the paths of InfluxDB that are refused, or answered in the form that they ask for.</summary>
public sealed class RefusalTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("write?db=d", "deflate")]
    [InlineData("api/v2/write?bucket=d", "deflate")]
    [InlineData("api/v2/write?bucket=d", "br")]
    public async Task A_body_with_an_unknown_encoding_is_no_plain_body(string path, string encoding)
    {
        using HttpClient http = Http();
        using ByteArrayContent body = new("cpu v=1"u8.ToArray());
        body.Headers.ContentEncoding.Add(encoding);
        using HttpResponseMessage answer = await http.PostAsync(path, body);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains($"\\\"{encoding}\\\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text,t=\u00FF v=1 2", "the line is not UTF-8")]
    [InlineData("text v=\"a\u00E9\" 2", "the line is not UTF-8")]
    [InlineData("text v\u00FF=1 2", "the line is not UTF-8")]
    [InlineData("text v=\"a\0b\" 2", "the line has a NUL")]
    [InlineData("te\0xt v=1 2", "the line has a NUL")]
    public async Task A_line_that_is_no_text_is_refused_and_the_others_are_stored(string line, string reason)
    {
        using HttpClient http = Http();
        string database = fixture.NewName("db");
        using HttpResponseMessage answer = await http.PostAsync($"write?db={database}&precision=s", new ByteArrayContent(Encoding.Latin1.GetBytes($"good v=1 1\n{line}\ngood v=2 2")));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        string error = await answer.Content.ReadAsStringAsync();
        Assert.Contains("partial write: unable to parse 'te", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        string stored = await http.GetStringAsync(new Uri($"query?db={database}&q=SELECT+count(v)+FROM+good", UriKind.Relative));
        Assert.Contains(",2]", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("text", await http.GetStringAsync(new Uri($"query?db={database}&q=SHOW+MEASUREMENTS", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/csv", "text/csv")]
    [InlineData("text/csv, application/x-msgpack", "text/csv")]
    [InlineData("application/x-msgpack, text/csv", "application/x-msgpack")]
    [InlineData("text/csv;q=0.5, application/x-msgpack", "application/x-msgpack")]
    [InlineData("application/csv;q=0.5, application/x-msgpack;q=0.4", "text/csv")]
    [InlineData("text/html, */*;q=0.1", "application/json")]
    [InlineData("text/csv;q=0", "application/json")]
    public async Task A_result_has_the_type_that_the_request_prefers(string accept, string type)
    {
        using HttpClient http = Http();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage answer = await http.GetAsync("query?q=SHOW+DATABASES");
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("application/x-msgpack")]
    [InlineData("application/json")]
    public async Task An_address_that_is_too_long_is_answered_in_the_form_of_a_query(string accept)
    {
        using HttpClient http = Http();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage answer = await http.GetAsync($"query?q={new string('a', 9000)}");
        Assert.Equal(HttpStatusCode.RequestUriTooLong, answer.StatusCode);
        Assert.Equal(accept, answer.Content.Headers.ContentType!.MediaType);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("POST /query.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("merge", text, StringComparison.Ordinal);
    }

    private HttpClient Http()
    {
        HttpClient http = fixture.Server.Http();
        http.BaseAddress = fixture.Server.Address;
        return http;
    }
}
