using System.Globalization;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>Shows the progress of a long operation: nothing in the first second, then a few times per second.</summary>
internal sealed class ProgressReport(Cmdlet cmdlet, string activity)
{
    private const int CheckEvery = 1024;
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(300);
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private TimeSpan _next = s_start;
    private bool _shown;

    /// <summary>The number of elements processed.</summary>
    public long Done { get; private set; }

    /// <summary>Counts one more element.</summary>
    /// <param name="unit">The name of the elements.</param>
    /// <param name="total">The number of all elements; null when unknown.</param>
    public void Step(string unit, long? total = null)
    {
        if (++Done % CheckEvery == 0)
        {
            Show(unit, total is null ? null : total > 0 ? (double)Done / total.Value : 1, total);
        }
    }

    /// <summary>Sets the number of elements processed.</summary>
    /// <param name="done">The number.</param>
    /// <param name="unit">The name of the elements.</param>
    /// <param name="share">The part of the whole, 0 to 1; null when unknown.</param>
    public void Reach(long done, string unit, double? share)
    {
        Done = done;
        Show(unit, share);
    }

    private void Show(string unit, double? share, long? total = null)
    {
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(_began);
        if (elapsed >= _next)
        {
            _next = elapsed + s_step;
            _shown = true;
            string of = total is null ? "" : string.Create(CultureInfo.InvariantCulture, $" of {total:N0}");
            cmdlet.WriteProgress(new ProgressRecord(0, activity, string.Create(CultureInfo.InvariantCulture, $"{Done:N0}{of} {unit}"))
            {
                PercentComplete = share is { } done ? (int)(100 * Math.Min(1, done)) : -1,
            });
        }
    }

    /// <summary>Removes the progress bar.</summary>
    public void Complete()
    {
        if (_shown)
        {
            cmdlet.WriteProgress(new ProgressRecord(0, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
