using System.Globalization;
using ConnectorDb.Columns;

namespace ConnectorDb.Benchmarks;

/// <summary>The series that sizes and rates of segments are promised for.</summary>
internal static class SegmentData
{
    /// <summary>A: every second round(20 + 5·sin(i/3600) + noise, 1), the noise with a standard deviation of 0.1.</summary>
    public const string Tenths = "A";

    /// <summary>B: every second a random double of full precision, from 0 to 100.</summary>
    public const string FullPrecision = "B";

    /// <summary>The time of the first datapoint, unix seconds.</summary>
    public const int Start = 1_700_000_000;

    public static Block Make(string name, int count)
    {
        Random random = new(1);
        double[] times = new double[count];
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            times[i] = Start + i;
            values[i] = name == Tenths
                ? Math.Round(20 + (5 * Math.Sin(i / 3600.0)) + (0.1 * Noise(random)), 1)
                : 100 * random.NextDouble();
        }

        return new Block(times, new NumberColumn(values));
    }

    /// <summary>A CSV file of <c>timestamp,value</c> in UTC, with a line of names; all its datapoints.</summary>
    public static Block Read(string path)
    {
        List<double> times = [];
        ColumnBuilder values = new();
        foreach (string line in File.ReadLines(path).Skip(1))
        {
            string[] fields = line.Split(',');
            DateTimeOffset time = DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            times.Add(UnixTime.FromDateTimeOffset(time));
            values.Add(DataValue.Parse(fields[1]));
        }

        return new Block(times.ToArray(), values.Build());
    }

    private static double Noise(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
