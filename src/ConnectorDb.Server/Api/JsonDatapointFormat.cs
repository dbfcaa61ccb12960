using System.Buffers;
using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Server.Api;

/// <summary>Writes an array of <c>{"t", "d", "o"}</c>, with <c>"stream"</c> for merged streams. The time 0 is omitted, as old clients expect.</summary>
internal sealed class JsonDatapointFormat : IDatapointFormat
{
    private Utf8JsonWriter? _writer;
    private bool _hasBlocks;

    public string ContentType => JsonResponses.Json;

    public void Begin(IBufferWriter<byte> body) => _writer = Start(body);

    public void Write(IBufferWriter<byte> body, Block block)
    {
        DatapointWriter.Write(_writer!, ZeroTimes.AsNone(block));
        _writer!.Flush();
        _hasBlocks |= block.Count > 0;
    }

    public void Restart(IBufferWriter<byte> body)
    {
        _writer = _hasBlocks ? new Utf8JsonWriter(body, DatapointWriter.Options) : Start(body);
        if (_hasBlocks)
        {
            // After any text, the new writer puts a comma before the next datapoint.
            _writer.WriteRawValue(" "u8, skipInputValidation: true);
        }
    }

    public void End(IBufferWriter<byte> body)
    {
        _writer!.WriteEndArray();
        _writer.Dispose();
    }

    public void Break(IBufferWriter<byte> body, Failure failure)
    {
        DatapointWriter.WriteFailure(_writer!, failure);
        _writer!.Dispose();
    }

    private static Utf8JsonWriter Start(IBufferWriter<byte> body)
    {
        Utf8JsonWriter writer = new(body, DatapointWriter.Options);
        writer.WriteStartArray();
        return writer;
    }
}
