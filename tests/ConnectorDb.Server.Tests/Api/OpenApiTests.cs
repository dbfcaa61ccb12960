using System.Text.Json;
using ConnectorDb.Server.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorDb.Server.Tests.Api;

public sealed class OpenApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Every_route_is_described_and_every_description_has_a_route()
    {
        IEnumerable<string> routes =
            from endpoint in fixture.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []

            // OpenAPI has no CONNECT, the method of a websocket over HTTP/2; the description of GET covers it, and HEAD.
            where method is not ("CONNECT" or "HEAD")
            select $"{method} {endpoint.RoutePattern.RawText!.Replace("{**", "{", StringComparison.Ordinal)}";
        JsonElement description = await DescriptionAsync();
        IEnumerable<string> described =
            from path in description.GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            where method.Name != "parameters"
            select $"{method.Name.ToUpperInvariant()} {path.Name}";
        Assert.Equal(described.Order(StringComparer.Ordinal), routes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_reference_in_the_description_resolves()
    {
        JsonElement description = await DescriptionAsync();
        foreach (string reference in References(description).Distinct())
        {
            JsonElement at = description;
            foreach (string name in reference.Split('/').Skip(1))
            {
                Assert.True(at.TryGetProperty(name, out at), reference);
            }
        }
    }

    private async Task<JsonElement> DescriptionAsync()
    {
        using HttpClient http = fixture.Server.Http(null);
        return JsonDocument.Parse(await http.DoAsync(HttpMethod.Get, "openapi.json")).RootElement;
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
