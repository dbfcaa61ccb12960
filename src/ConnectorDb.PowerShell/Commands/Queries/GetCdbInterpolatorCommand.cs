using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;

namespace ConnectorDb.PowerShell.Commands.Queries;

/// <summary>Lists the interpolators with documentation and examples; needs no connection.</summary>
[Cmdlet(VerbsCommon.Get, "CdbInterpolator")]
[OutputType(typeof(InterpolatorInfo))]
public sealed class GetCdbInterpolatorCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NonEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterpolatorCompleter))]
    public string[] Name { get; set; } = ["*"];

    protected override void Process() => ForEach(Name, name => WriteEach(WildcardSearch.Find(
        Engine.Interpolators, info => info.Name, name, $"There is no interpolator '{name}'. Get-CdbInterpolator lists all interpolators.")));
}
