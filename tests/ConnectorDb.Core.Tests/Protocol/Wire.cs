using System.Buffers;
using System.Text.Json;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Tests.Protocol;

/// <summary>Passes the JSON of one side to the reader of the other side.</summary>
internal static class Wire
{
    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, DatapointWriter.Options))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static JsonFields Fields(Action<Utf8JsonWriter> write) => JsonFields.Parse(Bytes(write));

    /// <summary>The parameters of an address, by name.</summary>
    public static Func<string, string?> Parameters(string text)
    {
        Dictionary<string, string> found = text.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0], part => Uri.UnescapeDataString(part[1]));
        return found.GetValueOrDefault;
    }
}
