using System.Globalization;

namespace ConnectorDb;

/// <summary>Finds time zones by IANA or Windows name, in any case, or by a fixed offset such as <c>UTC+01:00</c>.</summary>
/// <remarks>.NET translates between the two kinds of names only with ICU, which Windows Server 2019 and many containers lack.</remarks>
public static class TimeZones
{
    private static readonly string[] s_offsets = ["hh\\:mm", "hhmm", "hh", "%h"];

    private static readonly TimeSpan s_mostOffset = TimeSpan.FromHours(14);

    /// <summary>For each zone of Windows the IANA names that Unicode CLDR assigns to it.</summary>
    private static readonly Lazy<(string Windows, string[] Iana)[]> s_rows = new(Load);

    /// <summary>Each name, in its own spelling, with the names of the other kind.</summary>
    private static readonly Lazy<Dictionary<string, (string Name, string[] Others)>> s_names = new(Index);

    /// <summary>All IANA names, then all names of Windows.</summary>
    public static IEnumerable<string> Names => s_rows.Value.SelectMany(row => row.Iana).Order(StringComparer.Ordinal).Concat(s_rows.Value.Select(row => row.Windows));

    /// <summary>The zone of that name, or null.</summary>
    public static TimeZoneInfo? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone))
        {
            return zone;
        }

        return s_names.Value.TryGetValue(name, out (string Name, string[] Others) known)
            ? known.Others.Prepend(known.Name).Select(other => TimeZoneInfo.TryFindSystemTimeZoneById(other, out TimeZoneInfo? found) ? Named(found, known.Name) : null).FirstOrDefault(found => found is not null)
            : Fixed(name);
    }

    /// <summary>The name by which a database finds the zone.</summary>
    /// <exception cref="InvalidValueException">It has none.</exception>
    public static string NameOf(TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return Find(zone.Id) is not null
            ? zone.Id
            : throw new InvalidValueException($"The time zone '{zone.Id}' has no name that the database knows. Give one with -TimeZone, such as 'Europe/Berlin'.", zone.Id);
    }

    /// <summary>The zone of an offset from UTC, as clocks have it that know no summer time; null for other names.</summary>
    private static TimeZoneInfo? Fixed(string name)
    {
        string offset = name.StartsWith("UTC", StringComparison.OrdinalIgnoreCase) ? name[3..] : name;
        if ((!offset.StartsWith('+') && !offset.StartsWith('-'))
            || !TimeSpan.TryParseExact(offset[1..], s_offsets, CultureInfo.InvariantCulture, out TimeSpan size)
            || size > s_mostOffset)
        {
            return null;
        }

        string id = $"UTC{offset[0]}{size:hh\\:mm}";
        return TimeZoneInfo.CreateCustomTimeZone(id, offset[0] == '-' ? -size : size, id, id);
    }

    /// <summary>The zone under the name that it was asked for, as .NET returns it with ICU.</summary>
    private static TimeZoneInfo Named(TimeZoneInfo zone, string name) => zone.Id == name || !OperatingSystem.IsWindows()
        ? zone
        : TimeZoneInfo.CreateCustomTimeZone(name, zone.BaseUtcOffset, zone.DisplayName, zone.StandardName, zone.DaylightName, zone.GetAdjustmentRules(), !zone.SupportsDaylightSavingTime);

    /// <summary>The name that Windows has for a zone; null when it has none.</summary>
    internal static string? WindowsName(string name) => s_rows.Value.FirstOrDefault(row => row.Iana.Contains(name)).Windows;

    /// <summary>The resource has a line for each zone of Windows: its name, <c>=</c>, and the IANA names.</summary>
    private static (string Windows, string[] Iana)[] Load()
    {
        using StreamReader lines = new(typeof(TimeZones).Assembly.GetManifestResourceStream("windows-zones.txt")!);
        List<(string, string[])> rows = [];
        while (lines.ReadLine()?.Split('=') is [var windows, var all])
        {
            rows.Add((windows, all.Split(' ')));
        }

        return [.. rows];
    }

    private static Dictionary<string, (string Name, string[] Others)> Index()
    {
        Dictionary<string, (string, string[])> names = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string windows, string[] iana) in s_rows.Value)
        {
            names.TryAdd(windows, (windows, iana));
            foreach (string name in iana)
            {
                names.TryAdd(name, (name, [windows]));
            }
        }

        return names;
    }
}
