using System.Globalization;
using System.Text;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Transforms that take hours over the stream of <see cref="FillAsync"/>.</summary>
internal static class EndlessQuery
{
    /// <summary>Has no result before its end.</summary>
    public static readonly string Computing = "imap(i, $) | " + string.Concat(Enumerable.Repeat("apply(ifelse(true, $ + 1)) | ", 100)) + "if last";

    /// <summary>Has 64 results, and then none.</summary>
    public static readonly string AfterResults = "if i < 64 or ((imap(i, $)" + string.Concat(Enumerable.Repeat(":apply(ifelse(true, $ + 1))", 100)) + ":length) < 0)";

    /// <summary>The address of the results of a transform over all datapoints of a stream.</summary>
    public static string Data(string transform, string stream = "me/user/s") => $"crud/{stream}/data?i1=0&transform={Uri.EscapeDataString(transform)}";

    /// <summary>Creates a stream of numbers, enough for hours.</summary>
    public static async Task FillAsync(HttpClient http, int count = 4000, string stream = "me/user/s")
    {
        await http.DoAsync(HttpMethod.Post, $"crud/{stream}", "{}");
        string points = string.Join(',', Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"t": {{i}}, "d": {{i}}}""")));
        await http.DoAsync(HttpMethod.Post, $"crud/{stream}/data", $"[{points}]");
    }

    /// <summary>Begins a download that has results and does not end.</summary>
    public static async Task<HttpResponseMessage> BeginAsync(HttpClient http, string stream = "me/user/s")
    {
        HttpResponseMessage response = await http.GetAsync(new Uri(Data(AfterResults, stream), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        return response;
    }

    /// <summary>Reads a response that ends too early, and returns the text until then.</summary>
    public static async Task<string> ReadBrokenAsync(HttpResponseMessage response)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync();
        using MemoryStream read = new();
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(read));
        return Encoding.UTF8.GetString(read.ToArray());
    }
}
