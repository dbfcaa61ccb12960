using System.Buffers;
using System.Text.Json;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>Reads the body of an append to several streams: <c>[{"stream", "data": [{"t", "d"}, …], "arrival"}, …]</c>.</summary>
public static class StreamBlocksJson
{
    /// <exception cref="InvalidValueException">It is not an array of blocks; the message says where.</exception>
    public static IReadOnlyList<StreamBlock> Read(ReadOnlyMemory<byte> utf8Json)
    {
        List<StreamBlock> blocks = [];
        try
        {
            Utf8JsonReader reader = new(utf8Json.Span, new JsonReaderOptions { MaxDepth = DataValue.MaxDepth + 4 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                throw new InvalidValueException("The blocks of an append come as a JSON array.", null);
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                blocks.Add(ReadBlock(ref reader, utf8Json, blocks.Count));
            }

            reader.Read();
            return blocks;
        }
        catch (JsonException error)
        {
            throw new InvalidValueException($"Block {blocks.Count} cannot be read, this is not JSON. {JsonFault.Describe(error)}", null);
        }
    }

    private static StreamBlock ReadBlock(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8Json, int index)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Fault(index, "is not an object {\"stream\", \"data\"}");
        }

        CdbPath? stream = null;
        Range? data = null;
        bool hasArrivalTimes = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string member = DataValue.ReadText(ref reader);
            reader.Read();
            switch (member)
            {
                case "stream" when reader.TokenType == JsonTokenType.String:
                    stream = CdbPath.Parse(DataValue.ReadText(ref reader));
                    break;
                case "data":
                    int start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    data = start..(int)reader.BytesConsumed;
                    break;
                case "arrival" when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                    hasArrivalTimes = reader.TokenType == JsonTokenType.True;
                    break;
                default:
                    throw Fault(index, $"has a member '{member}' that is not known or not of its type. The members are stream (a path), data (datapoints) and arrival (a boolean)");
            }
        }

        return stream is not null && data is { } range
            ? new StreamBlock(stream, DatapointReader.ReadAll(new ReadOnlySequence<byte>(utf8Json[range]), DatapointDirection.Insert, stream)) { HasArrivalTimes = hasArrivalTimes }
            : throw Fault(index, "needs a 'stream' and the datapoints as 'data'");
    }

    private static InvalidValueException Fault(int index, string what) => new($"Block {index} {what}.", null);
}
