namespace ConnectorDb.Server.Hosting;

/// <summary>Gives back the memory of large requests and queries. The runtime collects large objects only when more of them are made, so that an idle server would keep them.</summary>
internal sealed class GarbageCollection(TimeProvider time) : BackgroundService
{
    /// <summary>Less garbage in bytes is left to the runtime.</summary>
    private const long Worthwhile = 32 << 20;

    /// <summary>Further collections for the arrays of the runtime's pools: the next one after a minute lets go of them, and another one frees them.</summary>
    private const int CollectionsOfPools = 2;

    private const int PeriodsBetween = 7;
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long used = GC.GetTotalMemory(forceFullCollection: false);
        (int collections, int periods) = (0, 0);
        using PeriodicTimer timer = new(s_period, time);

        // The end of the timer ends the loop without an exception, which would be logged where the server has not started.
        using CancellationTokenRegistration stopping = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            // The more is in use, the longer a collection takes, and the more garbage must be worth it.
            if (GC.GetTotalMemory(forceFullCollection: false) > (2 * used) + Worthwhile)
            {
                used = Collect();
                (collections, periods) = (CollectionsOfPools, PeriodsBetween);
            }
            else if (collections > 0 && --periods == 0)
            {
                used = Collect();
                (collections, periods) = (collections - 1, PeriodsBetween);
            }
        }
    }

    /// <summary>Collects all garbage, and returns the size in bytes of the rest.</summary>
    private static long Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
