using System.Globalization;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging;

/// <summary>Enforces the size and age limits of a logger on a write. A logger has no limits by default.</summary>
/// <remarks>
/// It is created before the write and enforces the limits after it, in the same transaction: only then the size of the new blocks is known,
/// because their times are assigned in the transaction.
/// </remarks>
internal sealed class OutboxLimits
{
    // Dropping a tenth of the limit more than needed keeps a full logger from dropping at every write.
    private const int Slack = 10;
    private readonly OutboxState _state;
    private readonly LoggerSettings _settings;
    private readonly double _now;
    private readonly string _path;
    private readonly (long Waiting, long Aside) _before;

    /// <param name="now">Unix seconds.</param>
    /// <exception cref="StoreException">The waiting entries are too old and the policy refuses new ones.</exception>
    public OutboxLimits(OutboxState state, LoggerSettings settings, double now, string path)
    {
        (_state, _settings, _now, _path) = (state, settings, now, path);
        if (settings.MaxAge is { } age)
        {
            EnforceAge(now - age.TotalSeconds, age);
        }

        _before = settings.MaxBytes is null ? (0, 0) : state.Bytes;
    }

    /// <param name="count">The number of new entries.</param>
    /// <exception cref="StoreException">The size limit is reached and the policy refuses new entries, or there is nothing to drop for them.</exception>
    public void Enforce(long count)
    {
        if (_settings.MaxBytes is not { } limit)
        {
            return;
        }

        long size = _state.Bytes.Waiting - _before.Waiting;
        long excess = _before.Waiting + _before.Aside + size - limit;
        if (excess <= 0)
        {
            return;
        }

        if (_settings.WhenFull != BoundPolicy.DropOldest || size + _before.Aside > limit)
        {
            throw Refused(count, size, limit);
        }

        _state.DropBytes(Math.Min(excess + (limit / Slack), _before.Waiting), _now);
    }

    private void EnforceAge(double earliest, TimeSpan age)
    {
        if (_settings.WhenFull == BoundPolicy.DropOldest)
        {
            _state.DropOlderThan(earliest);
        }
        else if (_state.OldestWritten < earliest)
        {
            throw new StoreException(
                StoreFault.LimitReached,
                $"The logger '{_path}' holds entries older than {age}, the limit in its settings. Nothing was written. Send the waiting entries with Sync-CdbLogger, or raise the limit: Set-CdbLogger '{_path}' -MaxAge {2 * age}.",
                _path);
        }
    }

    private StoreException Refused(long count, long size, long limit)
    {
        string[] ways =
        [
            .. _before.Waiting > 0 && size + _before.Aside <= limit ? ["send the waiting entries with Sync-CdbLogger"] : Array.Empty<string>(),
            .. _before.Aside > 0 && size <= limit ? ["send those set aside again with Sync-CdbLogger -Resend or delete them with Clear-CdbLogger -SetAside"] : Array.Empty<string>(),
            .. size > limit && count > 1 ? ["write fewer entries at once"] : Array.Empty<string>(),
            $"raise the limit: Set-CdbLogger '{_path}' -MaxBytes {2 * Math.Max(limit, size)}",
        ];
        return new StoreException(
            StoreFault.LimitReached,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{CountText.Of(count, "entry", "entries")} of {size} bytes {(count == 1 ? "was" : "were")} not written to the logger '{_path}': it holds {_before.Waiting} bytes of waiting entries and {_before.Aside} bytes of entries set aside, and its limit is {limit} bytes. To make room, {string.Join(", or ", ways)}."),
            _path);
    }
}
