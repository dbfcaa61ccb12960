using System.Text.Json;
using ConnectorDb.Core.PipeScript.Interpolators;
using ConnectorDb.Core.PipeScript.Transforms;

namespace ConnectorDb.Server.Api;

/// <summary><c>/meta</c>: the version and the lists of transforms and interpolators, without login.</summary>
internal static class CatalogEndpoint
{
    public static void MapCatalog(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder meta = api.MapGroup("/meta");
        meta.AllowAnonymous();
        meta.MapRead("/version", context => context.WriteTextAsync(RestApi.CompatibleVersion));
        meta.MapRead("/transforms", context => context.WriteJsonAsync(WriteTransforms));
        meta.MapRead("/interpolators", context => context.WriteJsonAsync(WriteInterpolators));
    }

    private static void WriteTransforms(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (TransformInfo info in TransformCatalog.All.Values.Select(transform => transform.Info).OrderBy(info => info.Name, StringComparer.Ordinal))
        {
            writer.WriteStartObject(info.Name);
            writer.WriteString("name", info.Name);
            writer.WriteString("description", info.Description);
            writer.WriteString("documentation", info.Documentation);
            writer.WriteString("ischema", info.InputSchema);
            writer.WriteString("oschema", info.OutputSchema);
            writer.WriteBoolean("one_to_one", info.OneToOne);
            writer.WriteBoolean("stateless", info.Stateless);
            writer.WriteBoolean("peek", info.Peek);
            writer.WriteStartArray("args");
            foreach (ArgumentInfo argument in info.Arguments)
            {
                WriteArgument(writer, argument);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteArgument(Utf8JsonWriter writer, ArgumentInfo argument)
    {
        writer.WriteStartObject();
        writer.WriteString("name", argument.Name);
        writer.WriteString("description", argument.Description);
        writer.WriteBoolean("optional", argument.Optional);
        if (argument.Default is { } value)
        {
            writer.WriteString("default", value);
        }

        writer.WriteBoolean("constant", argument.Constant);
        writer.WriteBoolean("hijacked", argument.Body);
        writer.WriteEndObject();
    }

    private static void WriteInterpolators(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (InterpolatorInfo info in InterpolatorCatalog.All.Values.Select(entry => entry.Info).OrderBy(info => info.Name, StringComparer.Ordinal))
        {
            writer.WriteStartObject(info.Name);
            writer.WriteString("name", info.Name);
            writer.WriteString("description", info.Description);
            writer.WriteString("documentation", info.Documentation);
            writer.WriteString("ischema", "");
            writer.WriteString("oschema", "");
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
