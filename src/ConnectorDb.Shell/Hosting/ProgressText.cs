using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace ConnectorDb.Shell.Hosting;

/// <summary>A progress record in one line.</summary>
internal static class ProgressText
{
    private const int BarWidth = 20;

    public static string Of(ProgressRecord record)
    {
        var line = new StringBuilder(record.Activity);
        if (record.PercentComplete >= 0)
        {
            var full = BarWidth * Math.Min(record.PercentComplete, 100) / 100;
            line.Append(" [").Append('#', full).Append(' ', BarWidth - full).Append("] ").Append(CultureInfo.CurrentCulture, $"{record.PercentComplete} %");
        }

        if (!string.IsNullOrWhiteSpace(record.StatusDescription))
        {
            line.Append("  ").Append(record.StatusDescription);
        }

        if (record.SecondsRemaining > 0)
        {
            line.Append(CultureInfo.CurrentCulture, $", {TimeSpan.FromSeconds(record.SecondsRemaining):g} left");
        }

        return line.Replace('\n', ' ').Replace('\r', ' ').ToString();
    }
}
