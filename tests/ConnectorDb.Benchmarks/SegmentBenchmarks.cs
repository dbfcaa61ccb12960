using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;
using ZstdSharp;

namespace ConnectorDb.Benchmarks;

/// <summary>
/// A million datapoints, in segments of 4096, to segments and back; beside it Zstandard over the same columns as they lie in memory.
/// One operation is one datapoint.
/// </summary>
[MemoryDiagnoser]
public class SegmentBenchmarks
{
    private const int Points = 1_000_000;
    private const int SegmentCount = 4096;

    private readonly List<Block> _blocks = [];
    private readonly List<EncodedSegment> _segments = [];
    private readonly List<byte[]> _frames = [];

    [Params(SegmentData.Tenths, SegmentData.FullPrecision)]
    public string Data { get; set; } = SegmentData.Tenths;

    [GlobalSetup]
    public void Fill()
    {
        Block all = SegmentData.Make(Data, Points);
        using Compressor compressor = new(1);
        for (int start = 0; start < Points; start += SegmentCount)
        {
            Block block = all.Slice(start, Math.Min(SegmentCount, Points - start));
            _blocks.Add(block);
            _segments.Add(SegmentCodec.Encode(block));
            _frames.Add(compressor.Wrap(Raw(block)).ToArray());
        }
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public int Encode()
    {
        int bytes = 0;
        foreach (Block block in _blocks)
        {
            bytes += SegmentCodec.Encode(block).Values.Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public int Decode()
    {
        int count = 0;
        foreach (EncodedSegment segment in _segments)
        {
            count += SegmentCodec.Decode(segment).Count;
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public int CompressRaw()
    {
        using Compressor compressor = new(1);
        int bytes = 0;
        foreach (Block block in _blocks)
        {
            bytes += compressor.Wrap(Raw(block)).Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public int DecompressRaw()
    {
        using Decompressor decompressor = new();
        int bytes = 0;
        foreach (byte[] frame in _frames)
        {
            bytes += decompressor.Unwrap(frame).Length;
        }

        return bytes;
    }

    private static byte[] Raw(Block block) =>
    [
        .. MemoryMarshal.AsBytes(block.Times.Span),
        .. MemoryMarshal.AsBytes(((NumberColumn)block.Values).Values.Span),
    ];
}
