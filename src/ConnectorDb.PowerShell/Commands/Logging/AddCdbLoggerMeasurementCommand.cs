using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Declares the fields and tags of a measurement. Points with other fields or tags are rejected.</summary>
[Cmdlet(VerbsCommon.Add, "CdbLoggerMeasurement", SupportsShouldProcess = true)]
[Alias("New-CdbMeasurement")]
[OutputType(typeof(void))]
public sealed class AddCdbLoggerMeasurementCommand : LoggerCdbCmdlet
{
    private readonly UnusedColumns _columns;

    public AddCdbLoggerMeasurementCommand() => _columns = new UnusedColumns(this, typeof(LogChannel), typeof(StreamDefinition));

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [NameArgument("measurement")]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Fields")]
    [NamesArgument]
    [NonEmpty]
    public string[] Field { get; set; } = [];

    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("Tags")]
    [NonNull]
    [NamesArgument]
    [AllowEmptyCollection]
    public string[] Tag { get; set; } = [];

    /// <summary>Replaces a declaration that differs.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    protected override void Process()
    {
        _columns.Check();
        if (Field.Intersect(Tag, StringComparer.Ordinal).FirstOrDefault() is { } both)
        {
            throw new InvalidValueException($"'{both}' cannot be a field and a tag of '{Name}'. Remove it from -Field or from -Tag.", both);
        }

        LogChannel channel = new() { Name = Name, Kind = ChannelKind.Measurement, Fields = Field, Tags = Tag };
        if (!Replace)
        {
            Target.CheckChannel(channel);
        }

        if (ShouldProcess(Opened.Path, $"Declare the measurement '{Name}'"))
        {
            Target.AddChannel(channel, Replace);
            WriteVerbose($"Declared the measurement '{Name}' with the fields {string.Join(", ", Field)}{(Tag.Length > 0 ? $" and the tags {string.Join(", ", Tag)}" : "")}.");
        }
    }
}
