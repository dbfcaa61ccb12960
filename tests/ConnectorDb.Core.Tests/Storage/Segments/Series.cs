namespace ConnectorDb.Core.Tests.Storage.Segments;

/// <summary>Measurements as devices make them, the same in every run.</summary>
internal static class Series
{
    private const double Start = 1_700_000_000;

    public static double[] Times(int count, double step) => Make(count, i => Start + (i * step));

    /// <summary>A second apart, but for some milliseconds.</summary>
    public static double[] JitteryTimes(int count)
    {
        Random random = new(1);
        return Make(count, i => Math.Round(Start + i + (0.003 * Noise(random)), 3));
    }

    /// <summary>A slow wave with noise, in tenths.</summary>
    public static double[] Tenths(int count)
    {
        Random random = new(2);
        return Make(count, i => Math.Round(20 + (5 * Math.Sin(i / 3600.0)) + (0.1 * Noise(random)), 1));
    }

    public static double[] FullPrecision(int count)
    {
        Random random = new(3);
        return Make(count, _ => 100 * random.NextDouble());
    }

    /// <summary>A temperature that someone converted and printed with eight decimals, and with more where arithmetic left some.</summary>
    public static double[] Converted(int count)
    {
        Random random = new(4);
        double temperature = 75;
        return Make(count, i =>
        {
            temperature += Noise(random);
            double printed = Math.Round(temperature, 8);
            return i % 20 == 0 ? Math.BitIncrement(printed) : printed;
        });
    }

    /// <summary>Measurements of a converter of 12 bits, times its scale.</summary>
    public static double[] Scaled(int count)
    {
        Random random = new(5);
        return Make(count, i => Math.Round(500 + (200 * Math.Sin(i / 3600.0)) + (2 * Noise(random))) * 0.0323711);
    }

    private static double[] Make(int count, Func<int, double> value) => Enumerable.Range(0, count).Select(value).ToArray();

    /// <summary>A normal deviate (Box and Muller).</summary>
    private static double Noise(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
