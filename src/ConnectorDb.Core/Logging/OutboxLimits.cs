using System.Globalization;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging;

/// <summary>Keeps a logger within the bounds that its user has set. Without bounds nothing is looked at.</summary>
internal static class OutboxLimits
{
    /// <summary>So much more is dropped than needed, as a part of the bound, so that not every write has to drop.</summary>
    private const int Slack = 10;

    /// <param name="now">Unix seconds.</param>
    /// <exception cref="StoreException">A bound is reached, and new items are to be refused.</exception>
    public static void Enforce(OutboxState state, LoggerSettings settings, double now, string path)
    {
        double? earliest = settings.MaxAge is { } age ? now - age.TotalSeconds : null;
        long excess = settings.MaxBytes is { } most ? state.UsedBytes - most : 0;
        if (settings.WhenFull == BoundPolicy.DropOldest)
        {
            if (earliest is { } limit)
            {
                state.DropOlderThan(limit);
            }

            if (excess > 0)
            {
                state.DropBytes(excess + (settings.MaxBytes!.Value / Slack));
            }
        }
        else if (excess > 0 || (earliest is not null && state.OldestWritten < earliest))
        {
            string bound = excess > 0
                ? string.Create(CultureInfo.InvariantCulture, $"holds {settings.MaxBytes} bytes")
                : $"has kept its oldest item for {settings.MaxAge}";
            throw new StoreException(
                StoreFault.LimitReached,
                $"The logger '{path}' {bound}, as much as its settings allow. Nothing was written. Send what waits with Sync-CdbLogger, or raise the bound with Set-CdbLogger.",
                path);
        }
    }
}
