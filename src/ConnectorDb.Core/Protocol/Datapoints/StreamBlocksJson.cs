using System.Buffers;
using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>Reads the body of an append to several streams: <c>[{"stream", "data": [{"t", "d"}, …], "arrival"}, …]</c>.</summary>
public static class StreamBlocksJson
{
    /// <summary>A block takes as much memory as so many datapoints.</summary>
    private const int PartsOfBlock = 4;

    /// <param name="maxParts">See <see cref="DatapointReader"/>; for all blocks together.</param>
    /// <exception cref="InvalidValueException">It is not an array of blocks; the message says where.</exception>
    public static IReadOnlyList<StreamBlock> Read(ReadOnlyMemory<byte> utf8Json, long maxParts = long.MaxValue)
    {
        if (utf8Json.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw new InvalidValueException("There are no datapoints, because the body is empty. Give an array of streams, such as [{\"stream\": \"ann/pi/heat\", \"data\": [{\"d\": 21.5}]}].", null);
        }

        long left = maxParts;
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
                blocks.Add(ReadBlock(ref reader, utf8Json, blocks.Count, maxParts, ref left));
            }

            reader.Read();
            return blocks;
        }
        catch (JsonException error)
        {
            throw new InvalidValueException($"Block {blocks.Count} cannot be read, this {JsonFault.Of(error)}", null);
        }
    }

    private static StreamBlock ReadBlock(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8Json, int index, long maxParts, ref long left)
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
                case "stream" when stream is null && reader.TokenType == JsonTokenType.String:
                    stream = CdbPath.Parse(DataValue.ReadText(ref reader));
                    break;
                case "data" when data is null:
                    int start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    data = start..(int)reader.BytesConsumed;
                    break;
                case "arrival" when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                    hasArrivalTimes = reader.TokenType == JsonTokenType.True;
                    break;
                default:
                    throw Fault(index, $"has a member '{member}' that is not known, not of its type, or there twice. The members are stream (a path), data (datapoints) and arrival (a boolean)");
            }
        }

        if (stream is null || data is not { } range)
        {
            throw Fault(index, "needs a 'stream' and the datapoints as 'data'");
        }

        DatapointReader points = new(DatapointDirection.Insert, int.MaxValue, stream, maxParts);
        Block block = points.ReadAll(new ReadOnlySequence<byte>(utf8Json[range]));
        left -= points.Parts + PartsOfBlock;
        return left >= 0
            ? new StreamBlock(stream, block) { HasArrivalTimes = hasArrivalTimes }
            : throw new InvalidValueException($"The request has more than {maxParts} datapoints, arrays and objects, which is the maximum. Divide it into several requests.", stream);
    }

    private static InvalidValueException Fault(int index, string what) => new($"Block {index} {what}.", null);
}
