using ConnectorDb.Core.Storage.Segments.Packing;
using CsCheck;

namespace ConnectorDb.Core.Tests.Storage.Segments.Packing;

public sealed class ByteBlockTests
{
    private static readonly Gen<byte[]> s_bytes = Gen.Select(Gen.Int[0, 3000], Gen.Int[1, 255]).SelectMany((count, alphabet) => Gen.OneOf(
        Gen.Byte[0, (byte)alphabet].Array[count],
        Gen.Frequency((alphabet, Gen.Const((byte)3)), (1, Gen.Byte)).Array[count],
        Gen.Const(new byte[count])));

    [Fact]
    public void Bytes_are_restored()
        => s_bytes.Sample(bytes =>
        {
            using ByteWriter writer = new();
            ByteBlock.Write(writer, bytes);
            byte[] read = new byte[bytes.Length];
            ByteReader reader = new(writer.Written);
            ByteBlock.Read(ref reader, read);
            Assert.Equal(bytes, read);
            Assert.Equal(0, reader.Left);

            reader = new ByteReader(writer.Written);
            Assert.Equal(bytes, ByteBlock.Read(ref reader, bytes.Length));
        });

    [Fact]
    public void Coded_bytes_are_restored_and_have_the_predicted_length()
        => s_bytes.Where(bytes => bytes.Distinct().Count() > 1).Sample(bytes =>
        {
            int[] counts = new int[256];
            Array.ForEach(bytes, value => counts[value]++);
            using ByteWriter writer = new();
            RansCoder.Write(writer, bytes, counts);
            byte[] read = new byte[bytes.Length];
            RansCoder.Read(writer.Written, read);
            Assert.Equal(bytes, read);
            Assert.InRange(writer.Length, 0, (1.1 * RansCoder.Size(counts, bytes.Length)) + 8);
        });

    [Fact]
    public void Megabytes_of_one_letter_are_restored()
    {
        byte[] bytes = new byte[5_000_000];
        bytes.AsSpan().Fill((byte)'a');
        using ByteWriter writer = new();
        ByteBlock.Write(writer, bytes);
        ByteReader reader = new(writer.Written);
        Assert.InRange(writer.Length, 1, 1000);
        Assert.Equal(bytes, ByteBlock.Read(ref reader, bytes.Length));
    }

    [Fact]
    public void A_wrong_length_is_rejected()
    {
        Assert.Throws<InvalidDataException>(() => Read(int.MaxValue - 100, [0, 1, 2, 3]));
        Assert.Throws<InvalidDataException>(() => Read(int.MaxValue - 100, [1, 7]));
        Assert.Throws<UnknownFormatException>(() => Read(100, [9, 7]));
    }

    private static byte[] Read(int count, byte[] bytes)
    {
        ByteReader reader = new(bytes);
        return ByteBlock.Read(ref reader, count);
    }
}
