using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Core.Client.Exchange;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Runs an export or import, and reports its progress.</summary>
internal static class ExchangeProgress
{
    /// <param name="verb">Export or Import.</param>
    public static void Run(Cmdlet cmdlet, string verb, CdbPath path, IAsyncEnumerable<ExchangeStep> steps)
    {
        ProgressReport progress = new(cmdlet, $"{verb}ing {path}");
        CdbPath? current = null;
        foreach (ExchangeStep step in Await.Each(steps))
        {
            progress.Reach(step.Points, $"datapoints, now {step.Path}", step.Share);
            if (step.Path != current)
            {
                current = step.Path;
                cmdlet.WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"{verb}s '{current}'; {CountText.Of(step.Points, "datapoint")} so far."));
            }
        }

        progress.Complete();
    }
}
