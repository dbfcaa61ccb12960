using System.Management.Automation;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>Shows how far a long work has come: nothing in the first second, then a few times a second.</summary>
internal sealed class ProgressReport(Cmdlet cmdlet, string activity)
{
    private const int CheckEvery = 1024;
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(300);
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private TimeSpan _next = s_start;
    private bool _shown;

    /// <summary>Things done so far.</summary>
    public long Done { get; private set; }

    /// <summary>One more is done.</summary>
    /// <param name="what">What is counted.</param>
    /// <param name="total">How many there will be, when it is known.</param>
    public void Step(string what, long? total = null)
    {
        if (++Done % CheckEvery == 0)
        {
            Show(what, total is null ? null : total > 0 ? (double)Done / total.Value : 1, total);
        }
    }

    /// <summary>So many are done.</summary>
    /// <param name="share">How much of all that is, 0 to 1.</param>
    public void Reach(long done, string what, double share)
    {
        Done = done;
        Show(what, share);
    }

    private void Show(string what, double? share, long? total = null)
    {
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(_began);
        if (elapsed >= _next)
        {
            _next = elapsed + s_step;
            _shown = true;
            cmdlet.WriteProgress(new ProgressRecord(0, activity, total is null ? $"{Done:N0} {what}" : $"{Done:N0} of {total:N0} {what}")
            {
                PercentComplete = share is { } done ? (int)(100 * Math.Min(1, done)) : -1,
            });
        }
    }

    /// <summary>Takes the report away.</summary>
    public void Complete()
    {
        if (_shown)
        {
            cmdlet.WriteProgress(new ProgressRecord(0, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
