namespace ConnectorDb;

/// <summary>Finds time zones by IANA or Windows name, in any case.</summary>
/// <remarks>.NET translates between the two kinds of names only with ICU, which Windows Server 2019 and many containers lack.</remarks>
public static class TimeZones
{
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
            ? known.Others.Prepend(known.Name).Select(other => TimeZoneInfo.TryFindSystemTimeZoneById(other, out TimeZoneInfo? found) ? found : null).FirstOrDefault(found => found is not null)
            : null;
    }

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
