using System.Management.Automation;

namespace ConnectorDb.PowerShell.Tests.Help;

/// <summary>A cmdlet to make pages of.</summary>
[Cmdlet(VerbsCommon.Add, "Water", DefaultParameterSetName = "Amount", SupportsShouldProcess = true)]
[OutputType(typeof(TimeSpan))]
public sealed class AddWaterCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Pot")]
    [SupportsWildcards]
    public string[] Plant { get; set; } = [];

    [Parameter(ParameterSetName = "Amount", Mandatory = true)]
    public double? Litres { get; set; }

    [Parameter(ParameterSetName = "Rain")]
    public SwitchParameter WaitForRain { get; set; }

    [Parameter]
    [ValidateSet("Can", "Hose")]
    public string Tool { get; set; } = "Can";
}
