using System.Globalization;
using System.Text;
using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>Many datapoints as servers take them.</summary>
internal static class BulkBody
{
    /// <summary>The JSON that our own client sends.</summary>
    public static string Json(Block block)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter writer = new(body, DatapointWriter.Options))
        {
            DatapointWriter.WriteArray(writer, block);
        }

        return Encoding.UTF8.GetString(body.GetBuffer().AsSpan(0, (int)body.Length));
    }

    /// <summary>The line protocol of InfluxDB; whole seconds in nanoseconds.</summary>
    /// <param name="series">The value of the tag <c>c</c>.</param>
    public static string Lines(int series, Block block)
    {
        StringBuilder lines = new();
        for (int i = 0; i < block.Count; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"load,c={series} v={block.Values[i].AsDouble():R} {(long)block.Times.Span[i]}000000000\n");
        }

        return lines.ToString();
    }
}
