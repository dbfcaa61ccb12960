using System.Management.Automation;
using ConnectorDb.Logging;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Declares the fields and tags of a measurement. Points with other fields or tags are rejected.</summary>
[Cmdlet(VerbsCommon.New, "CdbMeasurement", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class NewCdbMeasurementCommand : LoggerCdbCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string[] Field { get; set; } = [];

    [Parameter(Position = 2)]
    [AllowEmptyCollection]
    public string[] Tag { get; set; } = [];

    protected override void End()
    {
        if (ShouldProcess(Opened.Path, $"Declare the measurement '{Name}'"))
        {
            Target.AddChannel(new LogChannel { Name = Name, Kind = ChannelKind.Measurement, Fields = Field, Tags = Tag });
        }
    }
}
