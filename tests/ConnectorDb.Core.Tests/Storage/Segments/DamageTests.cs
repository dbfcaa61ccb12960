using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;
using CsCheck;

namespace ConnectorDb.Core.Tests.Storage.Segments;

/// <summary>
/// For a longer search set <c>CsCheck_Time</c> to a number of seconds:
/// <c>CsCheck_Time=600 dotnet test tests/ConnectorDb.Core.Tests --filter DamageTests</c>.
/// </summary>
public sealed class DamageTests
{
    private static readonly Gen<(Block Block, int Part, uint Seed)> s_damage = Gen.Select(BlockGen.Block, Gen.Int[0, 2], Gen.UInt);

    [Fact]
    public void Any_damaged_byte_is_found_and_the_segment_named()
        => s_damage.Sample((block, part, seed) =>
        {
            EncodedSegment segment = SegmentCodec.Encode(block);
            byte[] bytes = Part(segment, part);
            bytes[seed % bytes.Length] ^= (byte)(1 << (int)(seed >> 8) % 8);
            StoreException error = Assert.Throws<StoreException>(() => SegmentCodec.Decode(segment));
            Assert.Equal(StoreFault.Damaged, error.Fault);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"of {block.Count:N0} datapoint"), error.Message, StringComparison.Ordinal);
        });

    [Fact]
    public void Damage_outside_of_the_bytes_is_found_too()
    {
        EncodedSegment segment = SegmentCodec.Encode(new Block(new[] { 1.0, 2 }, new NumberColumn(new[] { 21.5, 21.7 })));
        EncodedSegment[] damaged =
        [
            segment with { Count = 1 },
            segment with { FirstT = 0 },
            segment with { LastT = 3 },
            segment with { TimeCodec = "double" },
            segment with { ValueCodec = "integer" },
            segment with { Origins = [] },
            segment with { Numbers = null },
            segment with { Numbers = segment.Numbers!.Value with { Sum = 7 } },
            segment with { Numbers = segment.Numbers!.Value with { Rest = null } },
            segment with { Values = segment.Values[1..] },
        ];
        Assert.All(damaged, one => Assert.Throws<StoreException>(() => SegmentCodec.Decode(one)));
    }

    [Fact]
    public void A_codec_of_a_newer_version_asks_for_an_update_and_is_not_called_damage()
    {
        EncodedSegment segment = SegmentCodec.Encode(new Block(new[] { 1.0 }, new NumberColumn(new[] { 21.5 })));
        AssertIsNewer(segment with { ValueCodec = "telepathy" }, "'telepathy'");
    }

    [Theory]
    [InlineData(true, "predictor 200")]
    [InlineData(false, "a packing of integers")]
    public void A_predictor_or_packing_of_a_newer_version_asks_for_an_update(bool isPredictor, string format)
    {
        EncodedSegment segment = SegmentCodec.Encode(new Block(new double[100], new IntegerColumn(Enumerable.Range(0, 100).Select(i => 7L * i).ToArray())));
        Assert.Equal("integer", segment.ValueCodec);
        byte[] bytes = [.. segment.Values];
        bytes[isPredictor ? 0 : ^1] = 200;
        AssertIsNewer(segment with { Values = bytes }, format);
    }

    private static void AssertIsNewer(EncodedSegment segment, string format)
    {
        StoreException error = Assert.Throws<StoreException>(() => SegmentCodec.Decode(segment with { Checksum = SegmentChecksum.Of(segment) }));
        Assert.Equal(StoreFault.NewerVersion, error.Fault);
        Assert.Contains(format, error.Message, StringComparison.Ordinal);
        Assert.Contains("Update-PSResource ConnectorDb", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_bytes_with_a_right_checksum_decode_or_fail_cleanly()
        => s_damage.Sample((block, part, seed) =>
        {
            EncodedSegment segment = SegmentCodec.Encode(block);
            Random random = new((int)seed);
            for (int round = 0; round < 30; round++)
            {
                EncodedSegment mutant = Mutate(segment, part, random);
                DecodesOrIsDamaged(mutant with { Checksum = SegmentChecksum.Of(mutant) });
            }
        });

    private static void DecodesOrIsDamaged(EncodedSegment segment)
    {
        const long MostMemory = 1L << 30;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Block block = SegmentCodec.Decode(segment);
            Assert.Equal(segment.Count, block.Count);
            for (int i = 0; i < block.Count; i++)
            {
                Assert.Equal(block.Values[i].Kind, block.Values[i].Kind);
            }

            Block last = SegmentCodec.DecodeSome(segment, 0, segment.Count, (times, places) =>
            {
                places[0] = times.Count - 1;
                return 1;
            });
            Assert.Equal(ExactText.Of(block.ToBare().Slice(block.Count - 1, 1)), ExactText.Of(last));
            Assert.InRange(SegmentCodec.FirstLater(segment, block.Times.Span[0]), 0, segment.Count);
        }
        catch (StoreException error)
        {
            Assert.True(error.Fault is StoreFault.Damaged or StoreFault.NewerVersion, error.Message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
    }

    private static EncodedSegment Mutate(EncodedSegment segment, int part, Random random)
    {
        byte[] bytes = [.. Part(segment, part)];
        for (int change = random.Next(1, 4); change > 0 && bytes.Length > 0; change--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes[at] = random.Next(2) == 0 ? byte.MaxValue : (byte)0;
                    break;
                case 3:
                    bytes = bytes[..at];
                    break;
                default:
                    bytes = [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]];
                    break;
            }
        }

        EncodedSegment mutant = part switch
        {
            0 => segment with { Times = bytes },
            1 => segment with { Values = bytes },
            _ => segment.Origins is null ? segment with { Values = bytes } : segment with { Origins = bytes },
        };
        return random.Next(8) == 0 ? mutant with { Count = random.Next(-1, SegmentCodec.MaxCount + 2) } : mutant;
    }

    private static byte[] Part(EncodedSegment segment, int part) => part switch
    {
        0 => segment.Times,
        1 => segment.Values,
        _ => segment.Origins ?? segment.Values,
    };
}
