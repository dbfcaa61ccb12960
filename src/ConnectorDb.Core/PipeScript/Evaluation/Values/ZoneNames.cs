namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>Finds time zones by IANA name. Windows translates these names with ICU only, which Windows Server 2019 and containers lack.</summary>
internal static class ZoneNames
{
    private static readonly Lazy<Dictionary<string, string>> s_windowsNames = new(Load);

    public static TimeZoneInfo? Find(string name)
        => TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            || (OperatingSystem.IsWindows() && WindowsName(name) is { } windows && TimeZoneInfo.TryFindSystemTimeZoneById(windows, out zone))
            ? zone
            : null;

    /// <summary>The name that Windows has for a zone; null when it has none.</summary>
    public static string? WindowsName(string name) => s_windowsNames.Value.GetValueOrDefault(name);

    /// <summary>The resource has a line for each zone of Windows: its name, <c>=</c>, and the IANA names that Unicode CLDR assigns to it.</summary>
    private static Dictionary<string, string> Load()
    {
        using StreamReader lines = new(typeof(ZoneNames).Assembly.GetManifestResourceStream("windows-zones.txt")!);
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        while (lines.ReadLine()?.Split('=') is [var windows, var all])
        {
            foreach (string name in all.Split(' '))
            {
                names.Add(name, windows);
            }
        }

        return names;
    }
}
