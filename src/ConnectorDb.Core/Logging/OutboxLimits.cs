using System.Globalization;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging;

/// <summary>Enforces the size and age limits of a logger before a write. A logger has no limits by default.</summary>
internal static class OutboxLimits
{
    // Dropping a tenth of the limit more than needed keeps a full logger from dropping at every write.
    private const int Slack = 10;

    /// <param name="now">Unix seconds.</param>
    /// <param name="added">The bytes of the new entries.</param>
    /// <exception cref="StoreException">A limit is reached and the policy refuses new entries.</exception>
    public static void Enforce(OutboxState state, LoggerSettings settings, double now, long added, string path)
    {
        double? earliest = settings.MaxAge is { } age ? now - age.TotalSeconds : null;
        long excess = settings.MaxBytes is { } most ? state.EntryBytes + added - most : 0;
        if (settings.WhenFull == BoundPolicy.DropOldest && !(added > settings.MaxBytes))
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
            string limitText = excess > 0
                ? string.Create(CultureInfo.InvariantCulture, $"would hold more than {settings.MaxBytes} bytes")
                : $"holds entries older than {settings.MaxAge}";
            throw new StoreException(
                StoreFault.LimitReached,
                $"The logger '{path}' {limitText}, the limit in its settings. Nothing was written. Send the waiting entries with Sync-CdbLogger, or raise the limit with Set-CdbLogger.",
                path);
        }
    }
}
