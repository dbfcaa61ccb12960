using ConnectorDb.Columns;

namespace ConnectorDb.Benchmarks;

/// <summary>A room's temperature each second, with two decimals, wandering.</summary>
internal static class Temperatures
{
    public static Block Block(int count)
    {
        Random random = new(1);
        double[] times = new double[count];
        double[] values = new double[count];
        double now = 21;
        for (int i = 0; i < count; i++)
        {
            now += (random.NextDouble() - 0.5) * 0.1;
            times[i] = 1.7e9 + i;
            values[i] = Math.Round(now, 2);
        }

        return new Block(times, new NumberColumn(values));
    }
}
