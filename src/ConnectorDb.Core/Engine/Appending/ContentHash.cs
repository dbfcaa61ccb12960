using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Engine.Appending;

/// <summary>The kind of an append, and the SHA-256 hash of its streams, times and values in hexadecimal digits.</summary>
internal static class ContentHash
{
    /// <param name="restamps">Older datapoints get the time of the newest.</param>
    public static string Of(IReadOnlyList<StreamBlock> blocks, bool restamps)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (StreamBlock block in blocks)
        {
            Add(hash, block.Stream.ToString());
            Add(hash, block.Points.Count);
            hash.AppendData(MemoryMarshal.AsBytes(block.Points.Times.Span));
            Add(hash, block.Points.Values);
        }

        return $"{(restamps ? "restamp" : "append")} {Convert.ToHexString(hash.GetHashAndReset())}";
    }

    private static void Add(IncrementalHash hash, Column values)
    {
        switch (values)
        {
            case NumberColumn numbers:
                Add(hash, nameof(NumberColumn));
                hash.AppendData(MemoryMarshal.AsBytes(numbers.Values.Span));
                break;
            case IntegerColumn integers:
                Add(hash, nameof(IntegerColumn));
                hash.AppendData(MemoryMarshal.AsBytes(integers.Values.Span));
                break;
            default:
                Add(hash, nameof(Column));
                AddJson(hash, values);
                break;
        }
    }

    /// <summary>Values of other types as the JSON of the protocol.</summary>
    private static void AddJson(IncrementalHash hash, Column values)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, DatapointWriter.Options))
        {
            DatapointWriter.WriteArray(writer, new Block(new double[values.Count], values));
        }

        Add(hash, buffer.WrittenCount);
        hash.AppendData(buffer.WrittenSpan);
    }

    private static void Add(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, int number) => hash.AppendData(BitConverter.GetBytes(number));
}
