using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Runs a script block, passes its output through and logs its duration, also when it fails.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CdbCommand", DefaultParameterSetName = NameSet)]
[OutputType(typeof(object))]
public sealed class MeasureCdbCommandCommand : LoggerCdbCmdlet
{
    private const string NameSet = "Name";
    private const string ScriptSet = "Script";

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ScriptSet)]
    [NonEmpty]
    [ArgumentCompleter(typeof(MeasurementCompleter))]
    public string Measurement { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ScriptSet)]
    public ScriptBlock ScriptBlock { get; set; } = ScriptBlock.Create("");

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(FieldCompleter))]
    public string Field { get; set; } = "duration";

    [Parameter]
    [NonNull]
    [ArgumentCompleter(typeof(TagCompleter))]
    public IDictionary? Tag { get; set; }

    [Parameter]
    [NonNull]
    [ArgumentCompleter(typeof(TagCompleter))]
    public IDictionary? EventTag { get; set; }

    /// <summary>A message before the script runs.</summary>
    [Parameter]
    [NonEmpty]
    public string? LogStart { get; set; }

    /// <summary>A message after the script, also when it failed.</summary>
    [Parameter]
    [NonEmpty]
    public string? LogEnd { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void End()
    {
        double start = UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        Tell(LogStart, $"Measures '{Measurement}'.");
        long began = Stopwatch.GetTimestamp();
        try
        {
            InvokeCommand.InvokeScript("& $args[0]", useNewScope: false, PipelineResultTypes.Output | PipelineResultTypes.Error, null, ScriptBlock);
        }
        catch (Exception)
        {
            // The error of the script is more important than that of the measurement.
            try
            {
                Finish(start, began);
            }
            catch (CdbException error)
            {
                WriteError(ErrorRecords.Of(error, Measurement));
            }

            throw;
        }

        Finish(start, began);
    }

    private void Finish(double start, long began)
    {
        TimeSpan taken = Stopwatch.GetElapsedTime(began);
        Tell(LogEnd, string.Create(CultureInfo.InvariantCulture, $"'{Measurement}' took {taken.TotalSeconds:0.###} s."));
        Record(start, taken);
    }

    private void Tell(string? message, string step)
    {
        if (message is not null)
        {
            WriteInformation(message, [nameof(ConnectorDb)]);
        }

        WriteVerbose(step);
    }

    private void Record(double start, TimeSpan taken)
    {
        OmittedMembers omitted = new(Warn);
        DataObject fields = new(new KeyValuePair<string, DataValue>(Field, DataValue.From(taken.TotalSeconds)));
        Target.WritePoint(Measurement, new LogPoint(fields, NamedFields.Of(Tag, omitted)), start);
        if (EventTag is not null)
        {
            Target.WriteEvent(start, new LogEvent(start + taken.TotalSeconds, NamedFields.Of(EventTag, omitted), Measurement));
        }

        if (PassThru)
        {
            WriteObject(taken);
        }
    }
}
