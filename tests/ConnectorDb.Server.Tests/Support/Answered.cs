using System.Net;
using System.Text;
using System.Text.Json;

namespace ConnectorDb.Server.Tests.Support;

/// <summary>Sends HTTP requests and checks their status.</summary>
internal static class Answered
{
    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    /// <summary>Sends the request and returns status and text.</summary>
    public static async Task<(HttpStatusCode Status, string Text)> SendAsync(this HttpClient http, HttpMethod method, string path, string? body = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : Json(body) };
        using HttpResponseMessage response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Sends a request that must succeed, and returns the text.</summary>
    public static async Task<string> DoAsync(this HttpClient http, HttpMethod method, string path, string? body = null)
    {
        (HttpStatusCode status, string text) = await http.SendAsync(method, path, body);
        Assert.True(status == HttpStatusCode.OK, $"{method} {path}: {(int)status} {text}");
        return text;
    }

    public static Task<string> GetAsync(this HttpClient http, string path, HttpStatusCode expected) => http.RefusedAsync(HttpMethod.Get, path, null, expected);

    /// <summary>Sends a request that must fail with the status, and returns the message.</summary>
    public static async Task<string> RefusedAsync(this HttpClient http, HttpMethod method, string path, string? body, HttpStatusCode expected)
    {
        (HttpStatusCode status, string text) = await http.SendAsync(method, path, body);
        Assert.True(status == expected, $"{method} {path}: {(int)status} {text}");
        JsonElement error = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)expected, error.GetProperty("code").GetInt32());
        Assert.True(Guid.TryParse(error.GetProperty("ref").GetString(), out _));
        return error.GetProperty("msg").GetString()!;
    }
}
