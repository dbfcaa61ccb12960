using System.Globalization;

namespace ConnectorDb.Timestamps;

/// <summary>How texts of times are read. Without options: ISO 8601, unix seconds, and dates with the English name of the month.</summary>
public sealed record TimestampOptions
{
    /// <summary>
    /// Formats of .NET such as <c>dd.MM.yyyy HH:mm</c>, or one of <c>unix</c>, <c>unixms</c>, <c>unixus</c>, <c>unixns</c>, <c>iso</c>.
    /// The first that fits counts. Without formats, the text says its form.
    /// </summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>The zone of times without an offset; null for the zone of this computer.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>The order of day and month, and the names of months; null for neither, so that 03/04/2026 is refused. Dates with slashes or dots are of its calendar, those of ISO 8601 are Gregorian.</summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>The advice in the message of a rejected text; null for the parameters of the cmdlets with these options.</summary>
    public string? Advice { get; init; }
}
