using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Benchmarks;

/// <summary>How many bytes a datapoint takes in segments of 4096: A, B, and what lies in a folder of CSV files.</summary>
internal static class SegmentSizes
{
    private const int Points = 1_000_000;
    private const int SegmentCount = 4096;

    public static void Print(string? folder)
    {
        Console.WriteLine($"{"series",-44}{"points",10}{"times",9}{"values",9}{"in all",9}  codecs");
        Print(SegmentData.Tenths, SegmentData.Make(SegmentData.Tenths, Points));
        Print(SegmentData.FullPrecision, SegmentData.Make(SegmentData.FullPrecision, Points));
        string[] files = folder is null ? [] : Directory.GetFiles(folder, "*.csv");
        foreach (string path in files.Where(IsSeries).Order())
        {
            Print(Path.GetFileNameWithoutExtension(path), SegmentData.Read(path));
        }
    }

    private static bool IsSeries(string path) => File.ReadLines(path).FirstOrDefault() == "timestamp,value";

    private static void Print(string name, Block all)
    {
        List<EncodedSegment> segments = [];
        for (int start = 0; start < all.Count; start += SegmentCount)
        {
            segments.Add(SegmentCodec.Encode(all.Slice(start, Math.Min(SegmentCount, all.Count - start))));
        }

        double times = segments.Sum(segment => (double)segment.Times.Length) / all.Count;
        double values = segments.Sum(segment => (double)segment.Values.Length) / all.Count;
        string codecs = string.Join(", ", segments.Select(segment => $"{segment.TimeCodec}/{segment.ValueCodec}").Distinct());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-44}{all.Count,10}{times,9:F3}{values,9:F3}{times + values,9:F3}  {codecs}"));
    }
}
